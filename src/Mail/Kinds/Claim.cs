using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>One invitation that a mail is about.</summary>
/// <param name="Id"><c>event-number</c>.</param>
/// <param name="Status">Null where an earlier program did not say it.</param>
/// <param name="Rows">The places as people find them; null where they are not known.</param>
/// <param name="Seats">The places as an earlier program named them.</param>
/// <param name="IsOnCalendar">The person has an entry of it in their calendar.</param>
public sealed record Claim(
    string Id, string? Status, int Places, IReadOnlyList<RowFacts>? Rows, IReadOnlyList<string>? Seats, string? TicketCode,
    DateTimeOffset? RespondBy, bool IsOnCalendar)
{
    private const string Pending = "PENDING";
    private const string Confirmed = "CONFIRMED";
    private const string Waitlist = "WAITLIST";

    public bool IsPending => Status == Pending;

    public bool IsInLine => Status == Waitlist;

    public bool IsConfirmed => Status is null ? TicketCode is not null : Status == Confirmed;

    /// <summary>Whether it says which places, not only how many.</summary>
    public bool ArePlacesKnown => Rows is { Count: > 0 } || Seats is { Count: > 0 };

    /// <summary>All that a notification is about; none for one about an account.</summary>
    public static IReadOnlyList<Claim> Of(NotificationData data)
    {
        if (data.Invitation is not { } id) return [];
        var first = new Claim(
            id, data.Status, data.Places ?? 1, data.Rows, data.Seats, data.TicketCode, data.RespondBy, data.OnCalendar == true);
        return [first, .. (data.Also ?? []).Select(Of)];
    }

    private static Claim Of(ClaimFacts facts) => new(
        facts.Invitation, facts.Status, facts.Places, facts.Rows, null, facts.TicketCode, facts.RespondBy, facts.TicketCode is not null);
}

/// <summary>A ticket as a mail shows it.</summary>
/// <param name="ContentId">What the HTML names its picture by; no other mail has the same.</param>
/// <param name="FileName">Of the picture beside the mail.</param>
public sealed record Ticket(Claim Claim, string Code, string ContentId, string FileName);
