using Microsoft.Extensions.Logging;

namespace Seats.Grains;

public sealed partial class EventGrain : IRemindable
{
    private const string DeadlineReminder = "deadline";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    // The longest a grain timer may be told to wait; the wake-up finds nothing due and waits again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestReminder = TimeSpan.FromDays(30);

    // A deadline this near is left to the reminder as it stands.
    private static readonly TimeSpan ReminderSlack = TimeSpan.FromMinutes(2);

    private IGrainTimer? timer;
    private DateTimeOffset? armedFor;
    private DateTimeOffset? remindedAt;

    /// <summary>The reminder wakes an event that nobody calls; its own timer does the rest.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        remindedAt = time.GetUtcNow();
        await actor.OnDeadlineAsync();
        // One that cannot serve knows of no deadline, and must not take the reminder from those that come after it.
        if (!actor.Serves) return;
        KeepTime();
        if (actor.NextDeadline is { } next)
        {
            // It ticks every minute from now on: with nothing near, it is put off until there is.
            if (next - time.GetUtcNow() > ReminderSlack) await RemindAsync(next);
            return;
        }
        if (await this.GetReminder(DeadlineReminder) is { } reminder) await this.UnregisterReminder(reminder);
        remindedAt = null;
        // Somebody may have made a deadline while the reminder went.
        KeepTime();
    }

    /// <summary>Arms the one timer for the next deadline, and the reminder that survives this activation.</summary>
    private void KeepTime()
    {
        var next = actor.NextDeadline;
        if (next == armedFor) return;
        armedFor = next;
        var wait = next is { } deadline ? deadline - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        if (next is not null) wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        timer ??= this.RegisterGrainTimer(OnTimerAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (next is { } until && (remindedAt is null || until < remindedAt - ReminderSlack)) _ = RemindAsync(until);
    }

    private async Task OnTimerAsync(CancellationToken cancellationToken)
    {
        armedFor = null;
        await actor.OnDeadlineAsync();
        KeepTime();
    }

    /// <summary>Sets the reminder to first tick when something is due, and every minute from then on.</summary>
    private async Task RemindAsync(DateTimeOffset until)
    {
        var wait = until - time.GetUtcNow();
        if (wait < ReminderPeriod) wait = ReminderPeriod;
        if (wait > LongestReminder) wait = LongestReminder;
        remindedAt = time.GetUtcNow() + wait;
        try
        {
            await this.RegisterOrUpdateReminder(DeadlineReminder, wait, ReminderPeriod);
        }
        catch (Exception failure)
        {
            // The timer still runs here, and the next deadline tries again.
            remindedAt = null;
            logger.LogWarning("Event {EventId}: the reminder could not be set ({Reason})", EventId, failure.Message);
        }
    }
}
