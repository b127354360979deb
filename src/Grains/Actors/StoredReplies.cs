using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

/// <summary>Looks replies up in the journal: one question at a time, which carries every command that came in meanwhile.</summary>
internal sealed class StoredReplies(long eventId, IJournal journal)
{
    private const int CommandsAskedAtOnce = 1_000;
    private readonly Queue<(Guid Id, TaskCompletionSource<StoredReply?> Found)> waiting = new();
    private bool asking;

    /// <summary>The reply to a command; null when it is new.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be asked.</exception>
    public Task<StoredReply?> FindAsync(Guid id)
    {
        var found = new TaskCompletionSource<StoredReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue((id, found));
        if (!asking) _ = AskAsync();
        return found.Task;
    }

    private async Task AskAsync()
    {
        asking = true;
        while (waiting.Count > 0)
        {
            var asked = new List<(Guid Id, TaskCompletionSource<StoredReply?> Found)>();
            while (asked.Count < CommandsAskedAtOnce && waiting.TryDequeue(out var next)) asked.Add(next);
            try
            {
                var replies = await journal.FindRepliesAsync(eventId, [.. asked.Select(command => command.Id)], CancellationToken.None);
                var byId = replies.ToDictionary(reply => reply.CommandId);
                foreach (var (id, found) in asked) found.TrySetResult(byId.GetValueOrDefault(id));
            }
            catch (Exception failure)
            {
                foreach (var (_, found) in asked) found.TrySetException(failure);
            }
        }
        asking = false;
    }
}
