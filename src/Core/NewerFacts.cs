using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Seats.Core;

/// <summary>
/// Tells facts that a newer program wrote from facts that are damaged: both cannot be read here, and only the former are right. Decided by
/// what the JSON says: a fact, a member or a named value that this program does not know.
/// </summary>
internal static class NewerFacts
{
    private const string Discriminator = "fact";

    private static readonly Dictionary<string, Type> Known = FactJson.Default.Fact.PolymorphismOptions!.DerivedTypes
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType, StringComparer.Ordinal);

    /// <summary>The first thing that this program does not know; null where the JSON is damaged.</summary>
    public static string? FirstIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document) || reader.Read()) return null;
            using (document) return InList(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? InList(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) return null;
        foreach (var item in list.EnumerateArray())
            if (InFact(item) is { } unknown) return unknown;
        return null;
    }

    private static string? InFact(JsonElement fact)
    {
        if (fact.ValueKind != JsonValueKind.Object) return null;
        if (!fact.TryGetProperty(Discriminator, out var name) || name.ValueKind != JsonValueKind.String) return null;
        return Known.TryGetValue(name.GetString()!, out var type)
            ? InObject(fact, type, name.GetString()!)
            : IsName(name.GetString()!) ? $"the fact {name.GetString()}" : null;
    }

    private static string? InObject(JsonElement value, Type type, string path)
    {
        var members = FactJson.Default.GetTypeInfo(type)?.Properties.ToDictionary(member => member.Name, StringComparer.Ordinal);
        if (members is null) return null;
        foreach (var member in value.EnumerateObject())
        {
            if (members.TryGetValue(member.Name, out var known))
            {
                if (InValue(member.Value, known.PropertyType, $"{path}.{member.Name}") is { } unknown) return unknown;
            }
            else if (member.Name != Discriminator && IsName(member.Name)) return $"the member {path}.{member.Name}";
        }
        return null;
    }

    private static string? InValue(JsonElement value, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return value.ValueKind == JsonValueKind.String && IsName(value.GetString()!) && !Enum.IsDefined(type, value.GetString()!)
                ? $"the value {value.GetString()} of {path}"
                : null;
        if (FactJson.Default.GetTypeInfo(type) is not { } shape) return null;
        return (shape.Kind, value.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => InObject(value, type, path),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when shape.ElementType is { } element =>
                value.EnumerateArray().Select(item => InValue(item, element, path)).FirstOrDefault(unknown => unknown is not null),
            _ => null,
        };
    }

    /// <summary>Names are letters and digits in every version; anything else is no name of anybody's.</summary>
    private static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);
}

/// <summary>Facts that a newer program wrote: right, and unknown here.</summary>
public sealed class NewerFactException(string unknown)
    : JsonException($"It has {unknown}, which this program does not know: a newer one wrote it.");
