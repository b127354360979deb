using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seats.Api.Json;

/// <summary>A label that people also write as a number: row 1, row "AA".</summary>
internal sealed class LabelConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new MemberException(Problems.Types.Text),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
