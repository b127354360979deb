using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>Replies as the journal stores them, JSON in UTF-8. A member that a later program added is skipped.</summary>
internal static class ReplyCodec
{
    public static byte[] Encode<T>(Reply<T> reply) where T : class => JsonSerializer.SerializeToUtf8Bytes(reply, TypeOf<T>());

    /// <exception cref="JsonException">Not a reply of this type.</exception>
    public static Reply<T> Decode<T>(ReadOnlySpan<byte> json) where T : class =>
        JsonSerializer.Deserialize(json, TypeOf<T>()) ?? throw new JsonException("No reply.");

    private static JsonTypeInfo<Reply<T>> TypeOf<T>() where T : class => (JsonTypeInfo<Reply<T>>)ReplyJson.Default.GetTypeInfo(typeof(Reply<T>))!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Reply<EventView>))]
[JsonSerializable(typeof(Reply<BlockedPlaces>))]
[JsonSerializable(typeof(Reply<HoldView>))]
[JsonSerializable(typeof(Reply<ReleasedPlaces>))]
[JsonSerializable(typeof(Reply<InvitationView>))]
[JsonSerializable(typeof(Reply<CheckInView>))]
internal sealed partial class ReplyJson : JsonSerializerContext;
