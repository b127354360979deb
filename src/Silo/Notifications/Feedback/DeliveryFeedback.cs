using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;

namespace Seats.Silo.Notifications;

/// <summary>
/// What follows from a settled message: the clock of an offer starts with its mail, or the offer moves on when its mail never arrives; what
/// failed for good is told to the organiser, and goes to the topic of dead letters. Noted in the ledger until it is done; a report that fails
/// is put off, and the others go on.
/// </summary>
internal sealed class DeliveryFeedback(
    Ledger ledger, Mailer mailer, IGrainFactory grains, IServiceProvider services, ILogger<DeliveryFeedback> logger)
{
    private const int ReportsInPage = 100;
    private static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(30);
    private readonly StreamOutlet? streams = services.GetService<StreamOutlet>();
    private readonly WakeUp wake = new();

    public async Task RunAsync(CancellationToken stop)
    {
        mailer.OnUnreported = wake.Now;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                while (await StepAsync() > 0 && !stop.IsCancellationRequested) { }
            }
            catch (Exception failure)
            {
                logger.LogWarning("What became of some mails could not be reported yet: {Reason}", failure.Message);
            }
            await wake.SleepAsync(stop);
        }
    }

    /// <summary>Reports what waits; returns how many were reported.</summary>
    internal async Task<int> StepAsync()
    {
        var waiting = await ledger.ListUnreportedAsync(mailer.Owner, OthersAfter, ReportsInPage);
        var done = new ConcurrentBag<long>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = NotificationLimits.ReportsAtOnce };
        await Parallel.ForEachAsync(waiting, options, async (message, _) =>
        {
            if (await TryReportAsync(message)) done.Add(message.Id);
        });
        if (!done.IsEmpty) await ledger.ReportedAsync([.. done]);
        return done.Count;
    }

    private async Task<bool> TryReportAsync(UnreportedMessage message)
    {
        try
        {
            if (message.Kind == NotificationKind.PlaceAvailable.Name()) await ReportOfferAsync(message);
            if (message.State == Ledger.Failed && message.Kind != Ledger.Unreadable) await TellOrganiserAsync(message);
            if (message.State == Ledger.Failed && streams is not null) await ReportDeadAsync(streams, message);
            return true;
        }
        catch (Exception failure)
        {
            logger.LogWarning("What became of message {Key} could not be reported yet: {Reason}", message.Key, failure.Message);
            await ledger.PutReportOffAsync(message.Id, message.Tries);
            return false;
        }
    }

    /// <summary>Told to the event as a command whose id follows from the message: again is the same.</summary>
    private async Task ReportOfferAsync(UnreportedMessage message)
    {
        var notification = NotificationCodec.Decode(Encoding.UTF8.GetBytes(message.Body));
        var accepted = message.State == Ledger.Sent;
        if (!InvitationId.TryParse(notification.Data.Invitation, out var offer)) throw new JsonException("An offer without its invitation.");
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"offer mailed\n{message.Key}\n{accepted}")).AsSpan(0, 16));
        var stamp = new CommandStamp(id, 0, false, Requester.System);
        var reply = await grains.GetGrain<IEventGrain>(notification.EventId).OfferMailed(stamp, offer.Number, accepted, accepted ? null : message.Answer);
        if (reply.Refusal is { } refusal)
            logger.LogInformation(
                "Event {EventId} no longer waits for the mail of offer {Invitation}: {Status}", notification.EventId, offer.Number, refusal.Status);
    }

    /// <summary>
    /// Whoever organises the event knows other ways to their guests. Told once for each address and a few times a day, so that a list of bad
    /// addresses is no flood.
    /// </summary>
    private async Task TellOrganiserAsync(UnreportedMessage message)
    {
        var failed = NotificationCodec.Decode(Encoding.UTF8.GetBytes(message.Body));
        if (Notification.OfUndelivered(failed, message.Answer ?? "", message.At) is not { } told) return;
        if (await ledger.CountInADayAsync(told.EventId, told.Kind) >= NotificationLimits.UndeliveredToldInADay) return;
        if (await ledger.EnqueueAsync([told]) > 0) mailer.Wake();
    }

    private static async Task ReportDeadAsync(StreamOutlet streams, UnreportedMessage message)
    {
        using var body = JsonDocument.Parse(message.Body);
        var content = body.RootElement.Clone();
        var letter = new DeadLetterRecord(message.Key, message.Kind, message.EventId, message.Answer ?? "", message.Attempts, message.At, content);
        await streams.PublishDeadAsync(message.EventId, message.Kind == Ledger.Unreadable ? letter with { Notification = null, Record = content } : letter);
    }
}
