namespace Seats.Core;

/// <summary>Places are locked for a person. Deadlines are on the event's clock, which stands still while sales are paused.</summary>
public sealed record SeatsHeld(int Hold, Person Who, IReadOnlyList<int> Places, DateTimeOffset Until, DateTimeOffset UntilAtMost) : Fact;

/// <summary>A hold has other places now.</summary>
public sealed record HoldChanged(int Hold, IReadOnlyList<int> Places) : Fact;

/// <summary>A hold lasts longer.</summary>
public sealed record HoldExtended(int Hold, DateTimeOffset Until) : Fact;

/// <summary>Places of a hold were given back; without places left the hold has ended.</summary>
public sealed record SeatsReleased(int Hold, IReadOnlyList<int> Places, string By) : Fact;

/// <summary>The deadlines of holds passed.</summary>
public sealed record HoldsExpired(IReadOnlyList<int> Holds) : Fact;
