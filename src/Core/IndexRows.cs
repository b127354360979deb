using Seats.Spelling;

namespace Seats.Core;

/// <summary>What the list of events filters and sorts by.</summary>
/// <param name="Visibility">PUBLIC or UNLISTED.</param>
/// <param name="State">ON_SALE, PAUSED or CANCELLED; the others follow from the times.</param>
/// <param name="Organisers">Person ids of the owner and the co-organisers.</param>
public sealed record EventIndexRow(
    string Title,
    string Location,
    string Visibility,
    string State,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<string> Organisers)
{
    /// <summary>Who answers for the event; null where nobody knows.</summary>
    public string? Owner { get; init; }

    /// <summary>Places it has, sold or not.</summary>
    public int? Places { get; init; }

    /// <summary>When sales begin and end; null where nobody knows: since ever, and at the start.</summary>
    public DateTimeOffset? SalesFrom { get; init; }
    public DateTimeOffset? SalesUntil { get; init; }

    /// <summary>What searches look in.</summary>
    public string Search => SearchText.Of(Title, Location);
}

/// <summary>Whose invitation it is. The e-mail address is in its canonical form.</summary>
public sealed record InvitationIndexRow(int Number, string? PersonId, string Email, DateTimeOffset CreatedAt);
