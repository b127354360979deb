using System.Globalization;
using System.Text;
using Seats.Grains.Journal;

namespace Seats.Grains;

/// <summary>Positions in lists as opaque text, and back.</summary>
internal static class Cursors
{
    public static string Write(EventListing after) => Encode($"e{after.StartsAt.UtcTicks} {after.EventId}");

    public static string Write(InvitationListing after) => Encode($"i{after.EventId} {after.Number}");

    /// <exception cref="FormatException">Not a cursor of this list.</exception>
    public static EventListing ReadEvent(string cursor)
    {
        var (ticks, eventId) = Decode(cursor, 'e');
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) throw new FormatException("Not a cursor of this list.");
        return new EventListing(eventId, new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    /// <exception cref="FormatException">Not a cursor of this list.</exception>
    public static InvitationListing ReadInvitation(string cursor)
    {
        var (eventId, number) = Decode(cursor, 'i');
        return number is >= 0 and <= int.MaxValue ? new InvitationListing(eventId, (int)number) : throw new FormatException("Not a cursor of this list.");
    }

    public static string UpperSnake(string name) => Core.History.Names.UpperSnake(name);

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    private static (long, long) Decode(string cursor, char list)
    {
        if (cursor.Length > 100 || !System.Buffers.Text.Base64Url.IsValid(cursor)) throw new FormatException("Not a cursor.");
        var text = Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor));
        var space = text.IndexOf(' ');
        if (space < 2 || text[0] != list
            || !long.TryParse(text.AsSpan(1, space - 1), NumberStyles.None, null, out var first)
            || !long.TryParse(text.AsSpan(space + 1), NumberStyles.None, null, out var second))
            throw new FormatException("Not a cursor of this list.");
        return (first, second);
    }
}
