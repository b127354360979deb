namespace Seats.Core;

/// <summary>The event's own clock: it stands still while sales are paused, so that nobody loses time to a pause.</summary>
internal sealed class EventClock
{
    /// <summary>Time given back by pauses that are over.</summary>
    public TimeSpan PausedFor { get; private set; }

    /// <summary>Since when the clock stands still; null while it runs.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>The event's time at a moment of the wall clock.</summary>
    public DateTimeOffset At(DateTimeOffset now) => (PausedAt ?? now) - PausedFor;

    /// <summary>The moment of the wall clock at which the event's clock will show <paramref name="time"/>, were it to run from <paramref name="now"/> on.</summary>
    public DateTimeOffset OnWall(DateTimeOffset time, DateTimeOffset now) =>
        time + PausedFor + (PausedAt is { } paused ? now - paused : TimeSpan.Zero);

    public void Pause(DateTimeOffset now) => PausedAt = now;

    public void Resume(DateTimeOffset now)
    {
        PausedFor += now - (PausedAt ?? now);
        PausedAt = null;
    }

    public void Restore(TimeSpan pausedFor, DateTimeOffset? pausedAt) => (PausedFor, PausedAt) = (pausedFor, pausedAt);
}
