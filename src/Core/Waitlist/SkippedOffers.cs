namespace Seats.Core;

/// <summary>
/// When offers went on to the next in line because their mail could not be delivered. Bounded within an hour on the wall clock, so that a
/// fault of the mail server cannot use up a line in which nobody was asked.
/// </summary>
internal sealed class SkippedOffers
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private readonly Queue<DateTimeOffset> last = new();

    /// <summary>Whether one more may go on at <paramref name="now"/>.</summary>
    public bool MaySkip(DateTimeOffset now) => last.Count < Limits.OffersSkippedInAnHourAtMost || last.Peek() + Remembered <= now;

    /// <summary>An offer went on.</summary>
    public void Skipped(DateTimeOffset at)
    {
        last.Enqueue(at);
        if (last.Count > Limits.OffersSkippedInAnHourAtMost) last.Dequeue();
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
