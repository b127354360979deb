using System.Runtime.CompilerServices;
using Seats.Grains.Journal;

namespace Seats.Grains.Tests.Actors;

/// <summary>A journal in memory whose commits a test lets through, fails, or loses.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Dictionary<long, List<JournalEntry>> entries = [];
    private readonly List<RememberedRefusal> refusals = [];
    private TaskCompletionSource? gate;

    /// <summary>What the next appends end with; null for success.</summary>
    public Func<Slice, Exception?>? Failing { get; set; }

    /// <summary>Whether a failing append reaches the disk all the same, its answer lost.</summary>
    public bool WritesWhatItFails { get; set; }

    public List<Slice> Appended { get; } = [];

    /// <summary>What the head says; null for what the entries say.</summary>
    public long? Head { get; set; }

    public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo()
    {
        gate?.SetResult();
        gate = null;
    }

    public async Task<AppendOutcome> AppendAsync(Slice slice)
    {
        if (gate is { } closed) await closed.Task;
        if (Failing?.Invoke(slice) is { } failure)
        {
            if (WritesWhatItFails) Write(slice);
            throw failure;
        }
        if (Of(slice.EventId).Count != slice.ExpectedVersion) return AppendOutcome.Conflict;
        Write(slice);
        return AppendOutcome.Committed;
    }

    public List<JournalEntry> Of(long eventId) => entries.TryGetValue(eventId, out var list) ? list : entries[eventId] = [];

    public async IAsyncEnumerable<JournalEntry> ReadAsync(long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Of(eventId).ToArray())
            if (entry.Version > afterVersion) yield return entry;
    }

    public Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken) => Task.FromResult<long?>(Head ?? Of(eventId).Count);

    public Task<IReadOnlyList<RememberedRefusal>> ReadRefusalsAsync(long eventId, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RememberedRefusal>>([.. refusals.Where(refusal => refusal.At >= since)]);

    public Task<long> AllocateEventIdAsync(Guid commandId, CancellationToken cancellationToken) => Task.FromResult(1L);

    private void Write(Slice slice)
    {
        Appended.Add(slice);
        Of(slice.EventId).AddRange(slice.Entries);
        refusals.AddRange(slice.Indexes.Refusals);
    }
}
