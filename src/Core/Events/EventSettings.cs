namespace Seats.Core;

/// <summary>Who finds an event in lists.</summary>
public enum Visibility
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Nobody: signed-in people who know its id reach it.</summary>
    Unlisted,
}

/// <summary>What happens to a named choice that leaves a single seat alone.</summary>
public enum OrphanRule
{
    /// <summary>Accepted; best available avoids it all the same.</summary>
    Allow,

    /// <summary>Refused, with the nearest legal alternatives.</summary>
    Refuse,
}

/// <summary>When the time of an offer begins to run.</summary>
public enum OfferClock
{
    /// <summary>When the places are offered.</summary>
    Offered,

    /// <summary>When the mail server took the mail about the offer.</summary>
    MailAccepted,
}

/// <summary>Whether an event sells.</summary>
public enum EventStatus
{
    OnSale,
    Paused,
    Cancelled,
    Over,

    /// <summary>Sales have not begun.</summary>
    NotOnSale,

    /// <summary>Sales have ended.</summary>
    SalesOver,
}

/// <summary>
/// What an organiser decides about an event. To create one, absent members take their defaults; in a change, absent members stay.
/// Instants are absolute; the time zone is how people read them.
/// </summary>
[GenerateSerializer, Immutable, Alias("settings")]
public sealed record EventSettings
{
    [Id(0)] public string? Title { get; init; }
    [Id(1)] public string? Description { get; init; }
    [Id(2)] public string? Location { get; init; }
    [Id(3)] public DateTimeOffset? StartsAt { get; init; }
    [Id(4)] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>IANA name.</summary>
    [Id(5)] public string? TimeZone { get; init; }
    [Id(6)] public int? Capacity { get; init; }
    [Id(7)] public bool? WaitlistEnabled { get; init; }
    [Id(8)] public Visibility? Visibility { get; init; }
    [Id(9)] public SeatingKind? Seating { get; init; }
    [Id(10)] public SeatingPlan? Plan { get; init; }
    [Id(11)] public DateTimeOffset? SalesFrom { get; init; }
    [Id(12)] public DateTimeOffset? SalesUntil { get; init; }
    [Id(13)] public int? HoldSeconds { get; init; }
    [Id(14)] public int? HoldSecondsAtMost { get; init; }
    [Id(15)] public int? PlacesPerPerson { get; init; }
    [Id(16)] public int? OfferSeconds { get; init; }
    [Id(17)] public int? RespondSeconds { get; init; }
    [Id(18)] public bool? AutoPromote { get; init; }
    [Id(19)] public OrphanRule? Orphans { get; init; }
    [Id(20)] public int? OvertakesAtMost { get; init; }

    /// <summary>Durations before the start.</summary>
    [Id(21)] public IReadOnlyList<TimeSpan>? Reminders { get; init; }

    /// <summary>Person ids that may do what the owner may.</summary>
    [Id(22)] public IReadOnlyList<string>? CoOrganisers { get; init; }

    /// <summary>Person ids that may check tickets at the door, and nothing else.</summary>
    [Id(23)] public IReadOnlyList<string>? Helpers { get; init; }

    /// <summary>When the time of an offer begins to run.</summary>
    [Id(24)] public OfferClock? OfferClock { get; init; }

    /// <summary>Until when freed places are offered to the line; null for the start of the event, wherever that moves.</summary>
    [Id(25)] public DateTimeOffset? OffersUntil { get; init; }

    /// <summary>Whether an offer whose mail cannot be delivered goes to the next in line; null for yes.</summary>
    [Id(26)] public bool? SkipUnreachable { get; init; }
}
