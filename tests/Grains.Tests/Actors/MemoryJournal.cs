using System.Runtime.CompilerServices;
using Seats.Core;
using Seats.Core.History;
using Seats.Core.Tests.History;
using Seats.Grains.Journal;

namespace Seats.Grains.Tests.Actors;

/// <summary>A journal in memory whose commits a test lets through, fails, loses, or lets arrive late.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Dictionary<long, List<JournalEntry>> entries = [];
    private readonly Dictionary<long, long> epochs = [];
    private readonly Dictionary<(long EventId, Guid CommandId), StoredReply> replies = [];
    private readonly Dictionary<Guid, long> bindings = [];
    private TaskCompletionSource? gate;

    /// <summary>What the next appends end with; null for success.</summary>
    public Func<Slice, Exception?>? Failing { get; set; }

    /// <summary>Whether a failing append reaches the disk all the same, its answer lost.</summary>
    public bool WritesWhatItFails { get; set; }

    /// <summary>What a search for replies ends with; null for success.</summary>
    public Exception? FailingSearch { get; set; }

    public List<Slice> Appended { get; } = [];

    /// <summary>Slices whose append failed.</summary>
    public List<Slice> Failed { get; } = [];

    public IReadOnlyCollection<StoredReply> Replies => replies.Values;

    /// <summary>Searches for replies.</summary>
    public int Searches { get; private set; }

    /// <summary>Called with each entry before it is handed out.</summary>
    public Action<JournalEntry>? Reading { get; set; }

    /// <summary>Entries read.</summary>
    public int EntriesRead { get; private set; }

    /// <summary>What the head says; null for what the entries say.</summary>
    public long? Head { get; set; }

    public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo()
    {
        gate?.SetResult();
        gate = null;
    }

    public Task<JournalHead?> TakeOverAsync(long eventId, CancellationToken cancellationToken)
    {
        var epoch = epochs[eventId] = epochs.GetValueOrDefault(eventId) + 1;
        return Task.FromResult<JournalHead?>(new JournalHead(Head ?? Of(eventId).Count, epoch, replies.Keys.Any(key => key.EventId == eventId)));
    }

    public async Task<AppendOutcome> AppendAsync(Slice slice)
    {
        if (gate is { } closed) await closed.Task;
        if (Failing?.Invoke(slice) is { } failure)
        {
            Failed.Add(slice);
            if (WritesWhatItFails) Write(slice);
            throw failure;
        }
        return Land(slice);
    }

    /// <summary>What becomes of a slice when it reaches the database, at once or late.</summary>
    public AppendOutcome Land(Slice slice)
    {
        if (Of(slice.EventId).Count != slice.ExpectedVersion || epochs.GetValueOrDefault(slice.EventId) != slice.Epoch) return AppendOutcome.Conflict;
        Write(slice);
        return AppendOutcome.Committed;
    }

    public List<JournalEntry> Of(long eventId) => entries.TryGetValue(eventId, out var list) ? list : entries[eventId] = [];

    public async IAsyncEnumerable<JournalEntry> ReadAsync(long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Of(eventId).ToArray())
        {
            if (entry.Version <= afterVersion) continue;
            Reading?.Invoke(entry);
            EntriesRead++;
            yield return entry;
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ReadHistoryAsync(long eventId, HistoryQuery query, CancellationToken cancellationToken) =>
        new EntriesInMemory(Of(eventId)).ReadAsync(query);

    public Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken) => Task.FromResult<long?>(Head ?? Of(eventId).Count);

    public Task<IReadOnlyList<StoredReply>> FindRepliesAsync(long eventId, IReadOnlyList<Guid> commandIds, CancellationToken cancellationToken)
    {
        Searches++;
        if (FailingSearch is { } failure) return Task.FromException<IReadOnlyList<StoredReply>>(failure);
        return Task.FromResult<IReadOnlyList<StoredReply>>([.. commandIds.Select(id => replies.GetValueOrDefault((eventId, id))).OfType<StoredReply>()]);
    }

    public Task<long> BindKeyAsync(Guid commandId, long eventId, CancellationToken cancellationToken)
    {
        bindings.TryAdd(commandId, eventId);
        return Task.FromResult(bindings[commandId]);
    }

    public Task<long> AllocateEventIdAsync(Guid commandId, bool unguessable, CancellationToken cancellationToken) => Task.FromResult(1L);

    private void Write(Slice slice)
    {
        Appended.Add(slice);
        Of(slice.EventId).AddRange(slice.Entries);
        foreach (var reply in slice.Indexes.Replies) replies.TryAdd((slice.EventId, reply.CommandId), reply);
    }
}
