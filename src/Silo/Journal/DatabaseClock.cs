using Seats.Grains.Actors;

namespace Seats.Silo.Journal;

/// <summary>
/// Compares this process's clock with the database's, which all silos share. Between two comparisons the time that has passed is counted,
/// so that a clock that is set meanwhile shows at once.
/// </summary>
internal sealed class DatabaseClock(PostgresPools pools, StoreGate gate, TimeProvider time, ILogger<DatabaseClock> logger) : ITimeCheck
{
    /// <summary>How far the clocks may differ; beyond it nothing is decided here.</summary>
    public static readonly TimeSpan DifferenceAtMost = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private readonly Lock comparisons = new();
    private Comparison? last;
    private Task? comparing;
    private bool isTroubled;

    /// <inheritdoc/>
    public string? Trouble
    {
        get
        {
            if (Volatile.Read(ref last) is not { } comparison) return null;
            var difference = comparison.Difference(time);
            if (difference.Duration() - comparison.Uncertainty <= DifferenceAtMost) return null;
            // A machine that slept did not count: it is found out at once whether the clock is wrong.
            _ = CompareAsync(CancellationToken.None);
            return Describe(difference);
        }
    }

    /// <inheritdoc/>
    public Task CompareAsync(CancellationToken cancellationToken)
    {
        lock (comparisons)
        {
            if (last is { } fresh && time.GetElapsedTime(fresh.At) < FreshFor) return Task.CompletedTask;
            // While the database is away the last comparison counts.
            if (gate.IsClosed) return Task.CompletedTask;
            if (comparing is null or { IsCompleted: true }) comparing = Task.Run(TryMeasureAsync, CancellationToken.None);
            return comparing.WaitAsync(cancellationToken);
        }
    }

    private async Task TryMeasureAsync()
    {
        try
        {
            try
            {
                await MeasureAsync();
            }
            catch (Exception broken) when (PostgresFailure.IsBrokenConnection(broken))
            {
                pools.Reader.Clear();
                await MeasureAsync();
            }
        }
        catch (Exception failure) when (PostgresFailure.IsOne(failure))
        {
            logger.LogDebug("The clock could not be compared with the database's: {Reason}", failure.Message);
        }
    }

    /// <summary>The database read its clock at some moment of the round trip: half of it is how much the comparison may be wrong.</summary>
    private async Task MeasureAsync()
    {
        await using var pooled = await pools.Reader.OpenAsync();
        await using var command = pooled.Command("select clock_timestamp()");
        var asked = time.GetTimestamp();
        var answer = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);
        var half = time.GetElapsedTime(asked) / 2;
        Volatile.Write(ref last, new Comparison(answer - half, asked, half));
        Tell();
    }

    private void Tell()
    {
        var trouble = Trouble;
        if (trouble is not null && !isTroubled) logger.LogError("{Trouble}", trouble);
        else if (trouble is null && isTroubled) logger.LogInformation("The clock agrees with the database's again");
        isTroubled = trouble is not null;
    }

    private static string Describe(TimeSpan difference)
    {
        var by = TimeSpan.FromSeconds(Math.Round(difference.Duration().TotalSeconds));
        var way = difference > TimeSpan.Zero ? "ahead of" : "behind";
        return $"The clock of this silo is {by:c} {way} the database's: nothing is decided here until they agree. "
            + "Set the wrong one right (with NTP, on both machines).";
    }

    /// <param name="Database">The database's time at <paramref name="At"/>.</param>
    /// <param name="At">A moment by this process's count of the time that passes, which nobody sets.</param>
    private sealed record Comparison(DateTimeOffset Database, long At, TimeSpan Uncertainty)
    {
        /// <summary>How far this process's clock is ahead now.</summary>
        public TimeSpan Difference(TimeProvider time) => time.GetUtcNow() - (Database + time.GetElapsedTime(At));
    }
}

/// <summary>Compares the clocks once in a while.</summary>
internal sealed class ClockWatch(DatabaseClock clock, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await clock.CompareAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
