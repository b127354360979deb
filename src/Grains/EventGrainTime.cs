using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Seats.Grains;

public sealed partial class EventGrain : IRemindable
{
    private const string DeadlineReminder = "deadline";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    // The longest a grain timer may be told to wait; the wake-up finds nothing due and waits again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private IGrainTimer? timer;
    private DateTimeOffset? armedFor;
    private bool reminded;

    /// <summary>The reminder wakes an event that nobody calls; its own timer does the rest.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        reminded = true;
        await actor.OnDeadlineAsync();
        KeepTime();
        if (actor.NextDeadline is not null) return;
        if (await this.GetReminder(DeadlineReminder) is { } reminder) await this.UnregisterReminder(reminder);
        reminded = false;
        // Somebody may have made a deadline while the reminder went.
        KeepTime();
    }

    /// <summary>Arms the one timer for the next deadline, and once an activation the reminder that survives it.</summary>
    private void KeepTime()
    {
        var next = actor.NextDeadline;
        if (next == armedFor) return;
        armedFor = next;
        var wait = next is { } deadline ? deadline - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        if (next is not null) wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        timer ??= this.RegisterGrainTimer(OnTimerAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (next is not null && !reminded) _ = RemindAsync();
    }

    private async Task OnTimerAsync(CancellationToken cancellationToken)
    {
        armedFor = null;
        await actor.OnDeadlineAsync();
        KeepTime();
    }

    private async Task RemindAsync()
    {
        reminded = true;
        try
        {
            await this.RegisterOrUpdateReminder(DeadlineReminder, ReminderPeriod, ReminderPeriod);
        }
        catch (Exception failure)
        {
            // The timer still runs here, and the next deadline tries again.
            reminded = false;
            logger.LogWarning(failure, "Event {EventId}: the reminder could not be set", EventId);
        }
    }
}
