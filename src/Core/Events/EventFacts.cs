namespace Seats.Core;

/// <summary>The event exists; every setting has its value.</summary>
public sealed record EventCreated(Person Owner, EventSettings Settings, IReadOnlyList<PlacedSection> Sections) : Fact;

/// <summary>Settings changed; absent members stayed.</summary>
/// <param name="Moved">Start or end changed: calendars must follow.</param>
/// <param name="Gathered">Guests are notified later, of all that changed until then (<see cref="ChangesAnnounced"/>).</param>
public sealed record EventChanged(EventSettings Settings, bool Moved, string By, bool? Gathered = null) : Fact;

/// <summary>The moment to notify guests of the changes that were gathered.</summary>
/// <param name="Missed">The event was over before; nobody is notified.</param>
public sealed record ChangesAnnounced(bool? Missed) : Fact;

/// <summary>The layout changed: the whole new layout, with the positions each row keeps or gets.</summary>
public sealed record SeatingChanged(IReadOnlyList<PlacedSection> Sections, int Capacity, string By) : Fact;

/// <summary>Sales stopped; the clocks of holds and offers stand still.</summary>
public sealed record EventPaused(string By) : Fact;

/// <summary>Sales go on; the time of the pause is given back.</summary>
public sealed record EventResumed(string By) : Fact;

/// <summary>The event will not take place; its holds end and its live invitations are cancelled.</summary>
/// <param name="Holds">Null for all that are live, as are the invitations; entries of earlier programs list them.</param>
public sealed record EventCancelled(
    string By, string? Reason, IReadOnlyList<int>? Holds = null, IReadOnlyList<int>? Invitations = null) : Fact;

/// <summary>The event is over: holds, offers, invitations without an answer and the line end with it, a portion in each fact.</summary>
public sealed record EventEnded(IReadOnlyList<int> Holds, IReadOnlyList<int> Invitations) : Fact;

/// <summary>Places were taken off sale.</summary>
public sealed record SeatsBlocked(IReadOnlyList<int> Places, string By, string? Reason) : Fact;

/// <summary>Blocked places came back.</summary>
public sealed record SeatsUnblocked(IReadOnlyList<int> Places, string By, string? Reason) : Fact;

/// <summary>The moment to remind everybody who comes.</summary>
/// <param name="Before">How long before the start: one of the event's reminders.</param>
/// <param name="Missed">The event had begun before anybody could be reminded; nobody is told.</param>
public sealed record ReminderDue(TimeSpan Before, bool? Missed) : Fact;

/// <summary>A section with the positions of its rows; an area's rows are nameless spans of units.</summary>
public sealed record PlacedSection(string Id, string Name, string Category, bool Area, IReadOnlyList<PlacedRow> Rows);

/// <summary>A row on consecutive positions from <paramref name="Base"/> on.</summary>
/// <param name="First">Number printed on the first position.</param>
/// <param name="Count">Positions, those without a seat included.</param>
/// <param name="Gaps">Offsets from the first position that have no seat, ascending.</param>
public sealed record PlacedRow(string Row, int First, int Count, int Base, IReadOnlyList<int>? Gaps);
