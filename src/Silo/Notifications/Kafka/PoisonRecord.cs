using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>A record of Kafka that is no notification, as it was found.</summary>
/// <param name="Size">Bytes of its value.</param>
/// <param name="Text">The value where it is text, else null; cut off after <see cref="NotificationLimits.PoisonBytesAtMost"/> bytes.</param>
/// <param name="Base64">The value where it is no text, cut off likewise.</param>
internal sealed record PoisonRecord(string Topic, int Partition, long Offset, long At, string? Key, int Size, string? Text, string? Base64)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Stays the same for the same record, also in a topic that was made anew under its name.</summary>
    [JsonIgnore]
    public string LedgerKey => $"unreadable/{Topic}/{Partition}/{Offset}/{At}";

    /// <summary>Keys of notifications are events; 0 for anything else.</summary>
    [JsonIgnore]
    public long EventId => long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    public static PoisonRecord Of(ConsumeResult<byte[]?, byte[]?> record)
    {
        var value = record.Message.Value ?? [];
        var shown = value.AsSpan(0, Cut(value));
        var text = TextOf(shown);
        return new PoisonRecord(
            record.Topic, record.Partition.Value, record.Offset.Value, record.Message.Timestamp.UnixTimestampMs,
            record.Message.Key is { } key ? TextOf(key) ?? Convert.ToBase64String(key) : null, value.Length, text, text is null ? Convert.ToBase64String(shown) : null);
    }

    public string ToJson() => JsonSerializer.Serialize(this, PoisonJson.Default.PoisonRecord);

    /// <summary>Never in the middle of a character.</summary>
    private static int Cut(byte[] value)
    {
        if (value.Length <= NotificationLimits.PoisonBytesAtMost) return value.Length;
        var cut = NotificationLimits.PoisonBytesAtMost;
        while (cut > 0 && (value[cut] & 0xC0) == 0x80) cut--;
        return cut;
    }

    /// <summary>Null for what is no UTF-8, or has characters that databases do not take.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return null;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>A notification that the database refuses to keep, as its dead letter shows it.</summary>
/// <param name="Base64">Its JSON, whatever characters are in it.</param>
internal sealed record RefusedNotification(string Key, string Kind, string Base64)
{
    public static RefusedNotification Of(Notification notification) =>
        new(notification.Key, notification.Kind.Name(), Convert.ToBase64String(NotificationCodec.Encode(notification)));

    public string ToJson() => JsonSerializer.Serialize(this, PoisonJson.Default.RefusedNotification);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PoisonRecord))]
[JsonSerializable(typeof(RefusedNotification))]
internal sealed partial class PoisonJson : JsonSerializerContext;
