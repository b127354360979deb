namespace Seats.Core;

public sealed record CreateEvent(EventSettings Settings);

public sealed record ChangeEvent(EventSettings Settings, long? IfVersion);

public sealed record CancelEvent(string? Reason, long? IfVersion);

public sealed record PauseEvent;

public sealed record ResumeEvent;

public sealed record BlockSeats(IReadOnlyList<string> Seats, string? Reason);

public sealed record UnblockSeats(IReadOnlyList<string> Seats, string? Reason);
