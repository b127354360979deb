namespace Seats.Core;

/// <summary>How often something happened within the last hour, on the wall clock, of what may happen only so often.</summary>
internal sealed class HourlyBound(int atMost)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private readonly Queue<DateTimeOffset> last = new();

    /// <summary>When it may happen again; null while there is room whatever the time.</summary>
    public DateTimeOffset? FreeAt => last.Count < atMost ? null : last.Peek() + Remembered;

    /// <summary>Whether it may happen once more at <paramref name="now"/>.</summary>
    public bool HasRoom(DateTimeOffset now) => FreeAt is not { } free || free <= now;

    /// <summary>It happened.</summary>
    public void Note(DateTimeOffset at)
    {
        last.Enqueue(at);
        if (last.Count > atMost) last.Dequeue();
    }

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(last.Count);
        foreach (var at in last) EventState.Write(writer, at);
    }

    public void ReadFrom(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 0; left--) last.Enqueue(EventState.ReadTime(reader)!.Value);
    }
}
