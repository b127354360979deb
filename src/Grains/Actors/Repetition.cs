using System.Text.Json;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    /// <summary>A command whose answer is still at hand.</summary>
    private async Task<Reply<T>> RepeatAsync<T>(CommandStamp stamp, RecentReply known)
        where T : class
    {
        if (known.BodyHash != stamp.BodyHash || known.Reply is not Reply<T> reply) return Refused<T>(RefusalStatus.CommandOtherBody);
        if (!known.Slice.IsCommitted) return Refused<T>(RefusalStatus.CommandInFlight);
        await DurableAsync();
        return reply with { Replayed = true };
    }

    /// <summary>
    /// A command decided before this activation, or long ago: the state it was decided on is rebuilt, and it is decided again as then.
    /// </summary>
    /// <param name="version">Of the entry it caused; or, for a command without facts, of the state it was decided on.</param>
    private async Task<Reply<T>> RederiveAsync<TCommand, T>(
        CommandStamp stamp, TCommand command, Decide<TCommand, T> decide, long version, RememberedRefusal? withoutFacts)
        where T : class
    {
        await DurableAsync();
        try
        {
            var (past, own) = await RebuildAsync(version, withoutFacts is null);
            if (withoutFacts is null && own?.CommandId != stamp.Id)
            {
                // Two ids share the half that memory keeps: this one is new, unless it came twice and was decided meanwhile.
                Admit();
                return await (recent.Find(stamp.Id) is { } decided ? RepeatAsync<T>(stamp, decided) : DecideAsync(stamp, command, decide));
            }
            if ((own?.BodyHash ?? withoutFacts!.BodyHash) != stamp.BodyHash) return Refused<T>(RefusalStatus.CommandOtherBody);
            var reply = AsThen(past, stamp, command, decide, own, withoutFacts);
            recent.Add(stamp.Id, new RecentReply(reply, stamp.BodyHash, Done));
            return reply with { Replayed = true };
        }
        catch (JournalUnavailableException away)
        {
            throw new EventUnavailableException(away.Message, notApplied: false);
        }
        catch (Exception trouble) when (trouble is InvariantViolatedException or JsonException)
        {
            throw Distrust(trouble);
        }
    }

    /// <summary>The state at a version; or, to find the entry of that version, the state before it, and the entry.</summary>
    private async Task<(EventState Past, JournalEntry? Own)> RebuildAsync(long version, bool findEntry)
    {
        var past = new EventState(eventId);
        await foreach (var entry in ports.Journal.ReadAsync(eventId, 0, CancellationToken.None))
        {
            if (entry.Version == version && findEntry) return (past, entry);
            if (entry.Version > version) break;
            Turn.Replay(past, entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span));
        }
        return (past, null);
    }

    private static Reply<T> AsThen<TCommand, T>(
        EventState past, CommandStamp stamp, TCommand command, Decide<TCommand, T> decide, JournalEntry? own, RememberedRefusal? withoutFacts)
        where T : class
    {
        var at = own?.At ?? withoutFacts!.At;
        var decision = decide(past, stamp.By, command, at);
        if (own is { } entry) Turn.Replay(past, entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span));
        if (decision.Answer is null && own is not null)
            throw new EventUnavailableException("This command was obeyed, and its answer cannot be rebuilt by this program.", notApplied: false);
        return new Reply<T>(past.Version, decision.Answer?.Invoke(past, decision.Subject, at), decision.Refusal, false, decision.Made && decision.Refusal is null);
    }

    private Reply<T> Refused<T>(RefusalStatus status)
        where T : class => new(CommittedVersion, null, new Refusal(status), false, false);

    private static OpenSlice Done { get; } = MakeDone();

    private static OpenSlice MakeDone()
    {
        var slice = new OpenSlice(0);
        slice.Complete();
        return slice;
    }
}
