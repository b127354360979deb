using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seats.Core;

/// <summary>Facts as the journal stores them: a JSON array of objects whose <c>fact</c> member names them.</summary>
public static class FactCodec
{
    /// <summary>Facts to UTF-8 JSON.</summary>
    public static byte[] Encode(IReadOnlyList<Fact> facts) =>
        JsonSerializer.SerializeToUtf8Bytes(facts as Fact[] ?? [.. facts], FactJson.Default.FactArray);

    /// <summary>UTF-8 JSON to facts.</summary>
    /// <exception cref="NewerFactException">A newer program wrote them.</exception>
    /// <exception cref="JsonException">Not facts.</exception>
    public static Fact[] Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FactJson.Default.FactArray) ?? throw new JsonException("No facts.");
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            if (NewerFacts.FirstIn(json) is { } unknown) throw new NewerFactException(unknown);
            throw failure as JsonException ?? new JsonException(failure.Message, failure);
        }
    }

    /// <summary>Names of the facts, separated by a space.</summary>
    public static string Kinds(IReadOnlyList<Fact> facts) =>
        facts.Count == 1 ? facts[0].GetType().Name : string.Join(' ', facts.Select(fact => fact.GetType().Name));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Fact[]))]
internal sealed partial class FactJson : JsonSerializerContext;
