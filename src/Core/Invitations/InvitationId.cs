namespace Seats.Core;

/// <summary>An invitation: it routes itself to its event. Written <c>{event}-{number}</c>.</summary>
[GenerateSerializer, Immutable, Alias("invitation-id")]
public readonly record struct InvitationId(long EventId, int Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{EventId}-{Number}";

    /// <summary>Reads <c>1-12</c>.</summary>
    public static bool TryParse(string? text, out InvitationId id)
    {
        id = default;
        var dash = text?.IndexOf('-') ?? -1;
        if (dash <= 0 || !long.TryParse(text.AsSpan(0, dash), System.Globalization.NumberStyles.None, null, out var eventId)) return false;
        if (!int.TryParse(text.AsSpan(dash + 1), System.Globalization.NumberStyles.None, null, out var number)) return false;
        id = new InvitationId(eventId, number);
        return text == id.ToString();
    }
}
