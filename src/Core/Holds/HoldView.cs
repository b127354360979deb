namespace Seats.Core;

/// <summary>Where a hold stands.</summary>
public enum HoldState
{
    Held,
    Released,
    Expired,
    Claimed,
}

/// <summary>Places locked for one person until a deadline.</summary>
/// <param name="UntilAtMost">No extension reaches beyond this.</param>
[GenerateSerializer, Immutable, Alias("hold-view")]
public sealed record HoldView(
    long EventId,
    int Number,
    long Version,
    HoldState State,
    IReadOnlyList<string> Seats,
    DateTimeOffset Until,
    DateTimeOffset UntilAtMost);

/// <summary>A page of the caller's live holds.</summary>
/// <param name="Next">Continue after this number; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("hold-page")]
public sealed record HoldPage(IReadOnlyList<HoldView> Holds, int? Next);

/// <summary>Places a release gave back.</summary>
[GenerateSerializer, Immutable, Alias("released")]
public sealed record ReleasedPlaces(IReadOnlyList<string> Seats);

/// <summary>Places an organiser blocked or unblocked.</summary>
[GenerateSerializer, Immutable, Alias("blocked")]
public sealed record BlockedPlaces(IReadOnlyList<string> Seats);
