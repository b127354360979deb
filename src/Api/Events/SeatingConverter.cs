using System.Text.Json;
using System.Text.Json.Serialization;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Events;

/// <summary>Reads and writes a word or a plan.</summary>
internal sealed class SeatingConverter : JsonConverter<SeatingBody>
{
    public override SeatingBody? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return new SeatingBody(SeatingKind.Plan, Plan(ref reader, options));
        return (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "SEATS" => new SeatingBody(SeatingKind.Seats, null),
            "GENERAL" => new SeatingBody(SeatingKind.General, null),
            _ => throw new MemberException(Types.OneOf + "SEATS, GENERAL, {\"sections\":[…]}"),
        };
    }

    /// <summary>The inner reader names paths from the plan on: they are told from the body on.</summary>
    private static PlanBody? Plan(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return (PlanBody?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(typeof(PlanBody)));
        }
        catch (JsonException failure) when (failure.Path is { } path)
        {
            var full = $"$.seating{path[1..]}";
            throw failure is MemberException member
                ? new MemberException(member.Rule, full)
                : new JsonException(failure.Message, full, failure.LineNumber, failure.BytePositionInLine);
        }
    }

    public override void Write(Utf8JsonWriter writer, SeatingBody value, JsonSerializerOptions options)
    {
        if (value.Plan is { } plan) JsonSerializer.Serialize(writer, plan, options.GetTypeInfo(typeof(PlanBody)));
        else writer.WriteStringValue(value.Kind == SeatingKind.General ? "GENERAL" : "SEATS");
    }
}
