using System.Text.Json;
using System.Text.Json.Serialization;
using Seats.Core;

namespace Seats.Api.Json;

/// <summary>Enumerations as upper case words: <c>ON_SALE</c>.</summary>
internal sealed class UpperSnakeEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => typeToConvert switch
    {
        var type when type == typeof(EventStatus) => new Words<EventStatus>(),
        var type when type == typeof(Visibility) => new Words<Visibility>(),
        var type when type == typeof(OrphanRule) => new Words<OrphanRule>(),
        var type when type == typeof(OfferClock) => new Words<OfferClock>(),
        var type when type == typeof(HoldState) => new Words<HoldState>(),
        var type when type == typeof(InvitationStatus) => new Words<InvitationStatus>(),
        var type when type == typeof(InvitationOrigin) => new Words<InvitationOrigin>(),
        _ => throw new NotSupportedException($"{typeToConvert.Name} has no words."),
    };

    private sealed class Words<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && EnumWords<T>.TryParse(reader.GetString()!, out var value)
                ? value
                : throw new MemberException(Problems.Types.OneOf + EnumWords<T>.All);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(EnumWords<T>.Of(value));
    }
}

/// <summary>The words of an enumeration.</summary>
internal static class EnumWords<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> ToWord = Enum.GetValues<T>().ToDictionary(value => value, value => Word(value.ToString()));
    private static readonly Dictionary<string, T> FromWord = ToWord.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string All { get; } = string.Join(", ", ToWord.Values);

    public static string Of(T value) => ToWord[value];

    public static bool TryParse(string word, out T value) => FromWord.TryGetValue(word, out value);

    private static string Word(string name) =>
        string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}

/// <summary>A member whose form breaks a rule; the reader adds its path.</summary>
/// <param name="path">Null for the reader to add.</param>
internal sealed class MemberException(string rule, string? path = null) : JsonException(rule, path, null, null)
{
    public string Rule { get; } = rule;
}
