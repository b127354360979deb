using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Grains.Journal;
using Seats.Silo.Journal;

namespace Seats.Silo.Tests.Journal;

/// <summary>The writer of slices, whatever fails around it.</summary>
public sealed class JournalWriterTests
{
    [Fact]
    public async Task Writer_ThatFailsOverAFailure_LeavesNobodyWaiting_AndGoesOnWithTheNext()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var store = new RefusingStore();
        var metrics = new JournalMetrics(services.GetRequiredService<IMeterFactory>());
        await using var writer = new JournalWriter(store, new StoreGate(store, TimeProvider.System), metrics, 1, new BrokenLogger());
        var failed = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => writer.AppendAsync(JournalUnderTest.Slice(1, 0, 1)).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(failed.NotApplied);
        store.IsWell = true;
        var next = writer.AppendAsync(JournalUnderTest.Slice(1, 0, 1)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(AppendOutcome.Committed, await next);
    }

    private sealed class RefusingStore : IJournalStore
    {
        public bool IsWell { get; set; }

        public Task<HashSet<long>> WriteAsync(IReadOnlyList<PendingSlice> batch) => IsWell
            ? Task.FromResult(batch.Select(pending => pending.Slice.EventId).ToHashSet())
            : Task.FromException<HashSet<long>>(new StoreRejectedException("refused", new IOException()));

        public Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken) =>
            Task.FromResult(new Dictionary<long, Guid>());

        public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A log that is itself broken.</summary>
    private sealed class BrokenLogger : ILogger<JournalWriter>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("The log cannot be written.");
    }
}
