using Seats.Core;
using Seats.Silo.Journal;

namespace Seats.Silo.Storage;

/// <summary>
/// Deletes rows whose life is over, by the database's clock and in small portions: replies and bindings of keys after a day, notifications
/// long after they were settled. Every silo does; a row that another deletes at the same moment is gone either way.
/// </summary>
internal sealed class Retention(SiloDatabase database, RetentionSettings settings, TimeProvider time, ILogger<Retention> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>Between two portions, so that everybody else's statements go first.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ReplyLife = TimeSpan.FromHours(Limits.CommandMemoryHours);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await DeletePortionsAsync() > 0)
                    await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception unavailable) when (unavailable is System.Data.Common.DbException or TimeoutException or IOException)
            {
                logger.LogInformation("Rows whose life is over could not be deleted yet: {Reason}", unavailable.Message);
            }
        }
    }

    /// <summary>Deletes a portion of each table, the oldest first; returns how many rows.</summary>
    internal async Task<int> DeletePortionsAsync()
    {
        var deleted = await DeleteAsync($"""
            delete from replies where (event_id, command_id) in
                (select event_id, command_id from replies where at < {database.Ago(ReplyLife)} order by at limit @limit)
            """, JournalLimits.RepliesForgottenAtOnce);
        deleted += await DeleteAsync($"""
            delete from key_bindings where command_id in
                (select command_id from key_bindings where at < {database.Ago(ReplyLife)} order by at limit @limit)
            """, JournalLimits.RepliesForgottenAtOnce);
        if (settings.Notifications is { } sent) deleted += await DeleteNotificationsAsync("state in ('SENT', 'DISCARDED')", sent);
        if (settings.DeadLetters is { } dead) deleted += await DeleteNotificationsAsync("state = 'FAILED'", dead);
        return deleted;
    }

    /// <summary>
    /// Somebody may put a dead letter back into the queue at this moment: its state is looked at again. One that is not reported yet stays.
    /// </summary>
    private Task<int> DeleteNotificationsAsync(string state, TimeSpan life) => DeleteAsync($"""
        delete from notifications where {state} and id in (
            select id from notifications where {state} and settled_at < {database.Now} - {(long)life.TotalMilliseconds} and unreported = 0
            order by settled_at limit @limit)
        """, JournalLimits.NotificationsForgottenAtOnce);

    private Task<int> DeleteAsync(string sql, int limit) => database.ExecuteAsync(sql, ("limit", limit));
}
