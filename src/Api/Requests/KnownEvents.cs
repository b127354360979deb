using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>
/// Which events exist, as far as this node knows. What exists is remembered: events never vanish. For all other ids the directory is asked
/// before an event is called, so that ids that somebody made up activate nothing: one question at a time, for all calls that wait. That an
/// event does not exist is never remembered: it may be created on another node at any moment.
/// </summary>
internal sealed class KnownEvents(DirectoryCalls directory)
{
    private readonly RecentMap<long, bool> known = new(ApiLimits.EventsKnownAtMost);
    private readonly Lock gate = new();
    private Question next = new();
    private bool isAsking;

    /// <summary>Remembers that an event exists.</summary>
    public void Note(long eventId) => known.TryAdd(eventId, true);

    /// <exception cref="EventUnavailableException">It cannot be found out now, or too many calls wait to hear.</exception>
    public async ValueTask<bool> ExistsAsync(long eventId)
    {
        if (known.TryGet(eventId, out _)) return true;
        return (await Join(eventId)).Contains(eventId);
    }

    /// <summary>
    /// Joins the question that is asked next. The one that is being asked is no use: its answer may be older than an event that was created
    /// since.
    /// </summary>
    private Task<HashSet<long>> Join(long eventId)
    {
        lock (gate)
        {
            if (next.Calls >= ApiLimits.CallsForUnknownEventsAtMost)
                throw new EventUnavailableException("Too many calls wait to hear whether their event exists.", notApplied: true);
            next.Calls++;
            next.EventIds.Add(eventId);
            var answer = next.Answer.Task;
            if (isAsking) return answer;
            isAsking = true;
            // It goes on for as long as calls wait, whichever came first.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(AskAllAsync);
            return answer;
        }
    }

    private async Task AskAllAsync()
    {
        while (TakeNext() is { } question) await AskAsync(question);
    }

    private Question? TakeNext()
    {
        lock (gate)
        {
            isAsking = next.Calls > 0;
            if (!isAsking) return null;
            var taken = next;
            next = new Question();
            return taken;
        }
    }

    private async Task AskAsync(Question question)
    {
        try
        {
            long[] asked = [.. question.EventIds];
            var found = await directory.AskAsync(grain => grain.FindExisting(asked));
            foreach (var eventId in found) Note(eventId);
            question.Answer.SetResult([.. found]);
        }
        catch (Exception failure)
        {
            // Nobody was called yet: whatever the call was to do, it did not.
            question.Answer.SetException(Attempts.IsTransient(failure)
                ? new EventUnavailableException($"Whether the event exists cannot be found out: {failure.Message}", notApplied: true)
                : failure);
        }
    }

    /// <summary>Ids that calls wait for, and what the directory says of them.</summary>
    private sealed class Question
    {
        public HashSet<long> EventIds { get; } = [];

        public int Calls { get; set; }

        public TaskCompletionSource<HashSet<long>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
