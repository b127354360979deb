namespace Seats.Core;

/// <summary>A live hold. Its deadlines are on the event's clock.</summary>
internal sealed class Hold(
    int number, PersonEntry who, int[] places, DateTimeOffset until, DateTimeOffset untilAtMost, DateTimeOffset since)
{
    // Two times in the room of one: a rush makes very many holds.
    private readonly long untilAtMostTicks = untilAtMost.UtcTicks;

    public int Number => number;
    public PersonEntry Who => who;
    public int[] Places { get; set; } = places;
    public DateTimeOffset Until { get; set; } = until;
    public DateTimeOffset UntilAtMost => new(untilAtMostTicks, TimeSpan.Zero);
    public long SinceTicks { get; } = since.UtcTicks;

    /// <summary>When it began.</summary>
    public DateTimeOffset Since => new(SinceTicks, TimeSpan.Zero);
}

/// <summary>A person's claim, from its first fact to its last. Its deadline is on the event's clock.</summary>
internal sealed class Invitation(int number, PersonEntry who, InvitationOrigin origin, int count, DateTimeOffset createdAt)
{
    // Two times in the room of one, as in a hold.
    private readonly long createdAtTicks = createdAt.UtcTicks;

    public int Number => number;
    public PersonEntry Who { get; set; } = who;
    public InvitationOrigin Origin => origin;
    public InvitationStatus Status { get; set; }

    /// <summary>Places claimed or waited for.</summary>
    public int Count => count;
    public DateTimeOffset CreatedAt => new(createdAtTicks, TimeSpan.Zero);

    /// <summary>Since when the person of a registration has had its places, as a hold or as its own, on the event's clock.</summary>
    public DateTimeOffset Since => new(SinceTicks, TimeSpan.Zero);
    public long SinceTicks { get; init; }

    /// <summary>Positions while pending or confirmed; empty otherwise.</summary>
    public int[] Places { get; set; } = [];
    public DateTimeOffset Until { get; set; }

    /// <summary>What the entry waits for; null when the claim never stood in line.</summary>
    public Wish? Wish { get; set; }

    /// <summary>The clock of the offer starts with its mail.</summary>
    public bool AwaitsMail { get; set; }

    /// <summary>Its time has not begun.</summary>
    public bool AwaitsItsMail => AwaitsMail && !OfferMailed;

    /// <summary>When it lapses, on the event's clock.</summary>
    public DateTimeOffset Deadline => AwaitsItsMail ? Until.AddHours(Limits.OfferMailHoursAtMost) : Until;

    /// <summary>The time of the offer runs: the mail server took the mail about it, or never will.</summary>
    public bool OfferMailed { get; set; }
    public string? Ticket { get; set; }
    public DateTimeOffset? CheckedInAt { get; set; }
    public string? CheckedInBy { get; set; }
    public string? CheckedInByName { get; set; }

    public bool IsLive => Status.IsLive();

    /// <summary>An entry in line, or the offer it became.</summary>
    public bool IsOffer => Status == InvitationStatus.Pending && Wish is not null;

    /// <summary>The state its places are in.</summary>
    public PlaceState PlaceState => Status == InvitationStatus.Confirmed ? PlaceState.Confirmed
        : Wish is not null ? PlaceState.Offered : PlaceState.Invited;
}

internal static class InvitationStatuses
{
    /// <summary>Whether a claim of this status still is one.</summary>
    public static bool IsLive(this InvitationStatus status) =>
        status is InvitationStatus.Pending or InvitationStatus.Confirmed or InvitationStatus.Waitlist;
}
