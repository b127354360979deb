using Seats.Grains.Abstractions;
using Seats.Silo.Storage;

namespace Seats.Silo.Journal;

/// <summary>Forgets refusals that no key is remembered for any more, so that their table stays as large as a day.</summary>
internal sealed class RefusalRetention(SiloDatabase database, TimeProvider time, ILogger<RefusalRetention> logger) : BackgroundService
{
    private const int RowsAtOnce = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await ForgetAsync() == RowsAtOnce) { }
            }
            catch (System.Data.Common.DbException away)
            {
                logger.LogInformation("Old refusals could not be forgotten yet: {Reason}", away.Message);
            }
        }
    }

    /// <summary>Forgets some; returns how many.</summary>
    internal Task<int> ForgetAsync() => database.ExecuteAsync(
        "delete from refusals where (event_id, command_id) in (select event_id, command_id from refusals where at < @oldest limit @limit)",
        ("oldest", database.Value(time.GetUtcNow() - TimeSpan.FromHours(Limits.CommandMemoryHours))), ("limit", RowsAtOnce));
}
