using System.Text.Json;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    /// <summary>A command whose reply is still at hand. What it rests on is durable: it needs no confirmation.</summary>
    private Reply<T> Repeat<T>(CommandStamp stamp, RecentReply known)
        where T : class
    {
        if (known.BodyHash != stamp.BodyHash || known.Reply is not Reply<T> reply) return Refused<T>(RefusalStatus.CommandOtherBody);
        return known.Slice.IsCommitted ? reply with { Replayed = true } : Refused<T>(RefusalStatus.CommandInFlight);
    }

    /// <summary>A keyed command that may have been decided before this activation, or long ago: the journal knows its reply, or it is new.</summary>
    private async Task<Reply<T>> RecallAsync<TCommand, T>(CommandStamp stamp, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        if (!recalling.Add(stamp.Id)) return Refused<T>(RefusalStatus.CommandInFlight);
        callsInFlight++;
        try
        {
            if (await stored.FindAsync(stamp.Id) is { } found) return Recalled<T>(stamp, found);
        }
        catch (JournalUnavailableException unavailable)
        {
            throw new EventUnavailableException(unavailable.Message, notApplied: false);
        }
        finally
        {
            callsInFlight--;
            recalling.Remove(stamp.Id);
        }
        // The key is new, so that from here on nothing was applied for certain.
        if (poison is not null || !IsTimeRight()) throw Unavailable(notApplied: true);
        return await DecideAsync(stamp, command, decide);
    }

    private Reply<T> Recalled<T>(CommandStamp stamp, StoredReply found)
        where T : class
    {
        if (found.BodyHash != stamp.BodyHash) return Refused<T>(RefusalStatus.CommandOtherBody);
        if (found.Reply.Length == 0) throw ReplyLost();
        try
        {
            var reply = ReplyCodec.Decode<T>(found.Reply.Span);
            recent.Add(stamp.Id, new RecentReply(reply, stamp.BodyHash, Done));
            return reply with { Replayed = true };
        }
        catch (JsonException)
        {
            // Another kind of command came under this id before.
            return Refused<T>(RefusalStatus.CommandOtherBody);
        }
    }

    private Reply<T> Refused<T>(RefusalStatus status)
        where T : class => new(CommittedVersion, null, new Refusal(status), false, false);

    private static EventUnavailableException ReplyLost() => new("The command was obeyed, and its reply is not known any more.", notApplied: false);

    private static OpenSlice Done { get; } = MakeDone();

    private static OpenSlice MakeDone()
    {
        var slice = new OpenSlice(0);
        slice.Complete();
        return slice;
    }
}
