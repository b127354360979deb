using Seats.Grains.Abstractions;
using Seats.Silo.Storage;

namespace Seats.Silo.Journal;

/// <summary>Forgets replies and bindings of keys that are older than a day, so that their tables stay as large as a day.</summary>
internal sealed class ReplyRetention(SiloDatabase database, TimeProvider time, ILogger<ReplyRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await ForgetAsync() > 0) { }
            }
            catch (Exception unavailable) when (unavailable is System.Data.Common.DbException or TimeoutException or IOException)
            {
                logger.LogInformation("Old replies could not be forgotten yet: {Reason}", unavailable.Message);
            }
        }
    }

    /// <summary>Forgets the oldest; returns how many rows.</summary>
    internal async Task<int> ForgetAsync()
    {
        (string, object?)[] values =
        [
            ("oldest", database.Value(time.GetUtcNow() - TimeSpan.FromHours(Limits.CommandMemoryHours))),
            ("limit", JournalLimits.RepliesForgottenAtOnce),
        ];
        const string replies = """
            delete from replies where (event_id, command_id) in
                (select event_id, command_id from replies where at < @oldest order by at limit @limit)
            """;
        const string bindings = """
            delete from key_bindings where command_id in (select command_id from key_bindings where at < @oldest order by at limit @limit)
            """;
        return await database.ExecuteAsync(replies, values) + await database.ExecuteAsync(bindings, values);
    }
}
