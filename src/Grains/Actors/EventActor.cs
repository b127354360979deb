using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

/// <summary>
/// One activation of one event around the pure core: decides at once in memory, makes decisions durable in slices, and lets nothing leave
/// before what it rests on is durable. Single-threaded: every member is called on one scheduler. Knows no Orleans.
/// </summary>
public sealed partial class EventActor(long eventId, ActorPorts ports, IActorHost host)
{
    private readonly RecentReplies recent = new();
    private readonly StoredKeys keyed = new();
    private readonly ReplyBudget budget = new();
    private readonly StoredReplies stored = new(eventId, ports.Journal);
    private readonly HashSet<Guid> recalling = [];
    private EventState state = new(eventId);
    private CommandMemory obeyed = new();
    private OpenSlice open = new(0);
    private JournalHead? head;
    private Exception? poison;
    private bool stopped;
    private UnavailableReason reason;
    private int callsInFlight;
    private bool committing;

    /// <summary>When time alone will change the event next; null when nothing is pending.</summary>
    public DateTimeOffset? NextDeadline => poison is null ? state.NextDeadline : null;

    /// <summary>False once it believes nothing of its memory any more.</summary>
    public bool Serves => poison is null;

    /// <summary>The last version that is durable.</summary>
    public long CommittedVersion { get; private set; }

    /// <summary>Where the durable map stands, without its changes.</summary>
    public MapDelta Position => new(eventId, Epoch, CommittedVersion, CommittedVersion, [], [], false);

    private long Epoch => head?.Epoch ?? 0;

    /// <summary>Obeys a command once, however often it is sent.</summary>
    /// <exception cref="EventUnavailableException">
    /// The journal is unavailable, another activation took over, too many calls wait, or the command was obeyed and its reply is lost.
    /// </exception>
    public Task<Reply<T>> SubmitAsync<TCommand, T>(CommandStamp stamp, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        Admit(stamp);
        if (recent.Find(stamp.Id) is { } known) return Task.FromResult(Repeat<T>(stamp, known));
        if (stamp.Keyed) return keyed.MayBeStored(stamp.Id, Now()) ? RecallAsync(stamp, command, decide) : DecideAsync(stamp, command, decide);
        return obeyed.Find(stamp.Id) == 0 ? DecideAsync(stamp, command, decide) : throw ReplyLost();
    }

    /// <summary>Answers a question from a state that is durable and was confirmed after the question came in.</summary>
    /// <exception cref="EventUnavailableException">As for commands.</exception>
    public async Task<Reply<T>> AskAsync<T>(Func<EventState, DateTimeOffset, Decision<T>> question)
        where T : class
    {
        Admit(null);
        var now = Settle();
        var decision = question(state, now);
        var reply = new Reply<T>(state.Version, decision.Answer?.Invoke(state, decision.Subject, now), decision.Refusal, false, false);
        await DurableAsync();
        return reply;
    }

    /// <summary>The committed map, once everything in it is durable.</summary>
    public async Task<SeatMap?> MapAsync()
    {
        Admit(null);
        Settle();
        if (!state.Exists) return null;
        var map = state.ToMap(Epoch);
        await DurableAsync();
        return map;
    }

    /// <summary>Ends what is due. Safe to call at any time.</summary>
    public async Task OnDeadlineAsync()
    {
        if (poison is not null || !IsTimeRight()) return;
        Settle();
        if (open.Entries.Count > 0) await DurableAsync();
    }

    private async Task<Reply<T>> DecideAsync<TCommand, T>(CommandStamp stamp, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        var now = Settle();
        var decision = decide(state, stamp.By, command, now);
        if (decision.Facts.Count > 0) Run(decision.Facts, stamp, now);
        var made = decision.Made && decision.Refusal is null;
        var reply = new Reply<T>(state.Version, decision.Answer?.Invoke(state, decision.Subject, now), decision.Refusal, false, made);
        if (stamp.Keyed) Store(stamp, reply, decision.Facts.Count > 0, now);
        if (stamp.Keyed || decision.Facts.Count > 0) recent.Add(stamp.Id, new RecentReply(reply, stamp.BodyHash, open));
        await DurableAsync();
        return reply;
    }

    /// <summary>Adds the reply to the slice that makes it durable together with the facts it rests on.</summary>
    private void Store<T>(CommandStamp stamp, Reply<T> reply, bool hasFacts, DateTimeOffset now)
        where T : class
    {
        var bytes = ReplyCodec.Encode(reply);
        if (!hasFacts && !budget.Spend(stamp.By.Id, bytes.Length, now)) return;
        open.Replies.Add(new StoredReply(stamp.Id, stamp.BodyHash, state.Version, now, bytes));
        keyed.Add(stamp.Id, now);
    }

    /// <summary>Now, on the event's own time that never runs backwards, with everything due by then ended.</summary>
    private DateTimeOffset Settle()
    {
        var now = Now();
        if (Turn.Due(state, now) is { Count: > 0 } due) Run(due, null, now);
        return now;
    }

    /// <summary>A clock that is wrong decides nothing: the event gives up here, and nothing is written.</summary>
    private bool IsTimeRight()
    {
        if (ports.Check.Trouble is not { } trouble) return true;
        GiveUp(UnavailableReason.Clock, new InvalidOperationException(trouble));
        return false;
    }

    /// <summary>This silo cannot serve the event now; another may.</summary>
    private EventUnavailableException GiveUp(UnavailableReason why, Exception trouble)
    {
        if (poison is null) reason = why;
        Poison(trouble);
        return Unavailable(notApplied: true);
    }

    private DateTimeOffset Now()
    {
        var clock = ports.Time.GetUtcNow();
        var now = new DateTimeOffset(clock.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return now > state.LastAt ? now : state.LastAt;
    }

    /// <summary>
    /// Runs a turn and adds its entry to the open slice: both, or the event stops. A state without its entry would be a gap.
    /// </summary>
    private void Run(IReadOnlyList<Fact> decided, CommandStamp? stamp, DateTimeOffset now)
    {
        try
        {
            Append(Turn.Run(state, decided, now, invitation => ports.Tickets.Issue(eventId, invitation)), stamp, now);
        }
        catch (Exception violated)
        {
            Stop(violated);
            throw Unavailable(notApplied: true);
        }
    }

    private void Append(IReadOnlyList<Fact> facts, CommandStamp? stamp, DateTimeOffset now)
    {
        open.Add(new JournalEntry(
            state.Version, now, stamp?.Id, stamp?.BodyHash ?? 0, FactCodec.Kinds(facts), FactCodec.Encode(facts), Audiences.Of(facts)));
        if (stamp is { Keyed: false }) obeyed.Add(stamp.Id, state.Version, now);
    }

    /// <summary>
    /// Lets a call in. Of a command under a client's key nothing is known yet at this point: an earlier sending of it may have been obeyed, so that
    /// nothing is claimed of its outcome.
    /// </summary>
    private void Admit(CommandStamp? stamp)
    {
        var notApplied = stamp is not { Keyed: true };
        if (poison is not null || !IsTimeRight()) throw Unavailable(notApplied);
        if (callsInFlight >= Limits.CallsInFlightAtMost) throw new EventUnavailableException("Too many calls wait for this event.", notApplied);
    }

    private async Task DurableAsync()
    {
        callsInFlight++;
        var slice = open;
        slice.Want();
        Commit();
        try
        {
            await slice.Committed;
        }
        finally
        {
            callsInFlight--;
        }
    }

    private EventUnavailableException Unavailable(bool notApplied) =>
        new(poison?.Message ?? "The event cannot answer now.", notApplied, stopped, reason);

    /// <summary>The state contradicts itself: this event stops, loudly, and alone.</summary>
    private void Stop(Exception trouble)
    {
        // The first that is not believed.
        var version = state.Version + 1;
        var message = $"Event {eventId} stopped at version {version}: {trouble.Message}";
        stopped = true;
        // Loud once: whoever calls a stopped event finds it stopped again each time.
        if (ports.Stopped.Add(eventId, Epoch, message))
            ports.Logger.LogCritical(trouble, "Event {EventId} stopped at version {Version}", eventId, version);
        else ports.Logger.LogDebug("{Message}", message);
        if (snapshotVersion > 0) writing = DropSnapshotAsync();
        Poison(new InvalidOperationException(message, trouble));
    }

    /// <summary>Believes nothing of its memory any more.</summary>
    private void Poison(Exception reason)
    {
        if (poison is not null) return;
        poison = reason;
        open.Fail(Unavailable(notApplied: true));
        host.Dropped();
    }
}
