using System.Threading.Channels;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Identity;
using Seats.Identity.Addresses;

namespace Seats.Api.Accounts;

/// <summary>
/// Hands mails that ask accounts to prove an address to the silos, who send them. The accounts' database keeps such a mail from the
/// moment it is asked for until a silo has it in its ledger: a registration never waits for a silo, and no mail is lost because none
/// answered. Each node does so, and the ledger takes each mail once.
/// </summary>
internal sealed class VerificationMails(
    IAccounts accounts, IServiceProvider services, IGrainFactory grains, TimeProvider time, ILogger<VerificationMails> logger)
    : BackgroundService
{
    private readonly Channel<Wish> wishes = Channel.CreateBounded<Wish>(ApiLimits.VerificationWishesAtMost);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(1);

    /// <summary>Notes that somebody wants their mail again; false when too many do at this moment.</summary>
    public bool TryAskAgain(Wish wish) => wishes.Writer.TryWrite(wish);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!accounts.IsAvailable) return;
        var verifications = services.GetRequiredService<Verifications>();
        verifications.OnAdded = () => news.Writer.TryWrite(true);
        await Task.WhenAll(HandOverAsync(verifications, stoppingToken), AskAgainAsync(verifications, stoppingToken));
    }

    private async Task HandOverAsync(Verifications verifications, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var isDone = await TryAsync("Mails to prove addresses wait", () => HandAllOverAsync(verifications, stop));
            await SleepAsync(isDone ? ApiLimits.HandOverPeriod : ApiLimits.HandOverPause, stop);
        }
    }

    private async Task HandAllOverAsync(Verifications verifications, CancellationToken stop)
    {
        while (await verifications.ListUnsentAsync(stop) is { Count: > 0 } unsent)
        {
            await grains.GetGrain<INotificationsGrain>(0).AskToVerify([.. unsent.Select(mail => new VerificationMail(
                mail.Id, mail.AccountId, mail.Username, mail.Email, mail.Locale, mail.At, mail.Until))]);
            await verifications.HandedOverAsync([.. unsent.Select(mail => mail.Id)]);
        }
    }

    /// <summary>Until there is a mail of this node; those of a node that died are found when the time is over.</summary>
    private async Task SleepAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var over = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        await ((Task)news.Reader.ReadAsync(either.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AskAgainAsync(Verifications verifications, CancellationToken stop)
    {
        await foreach (var wish in wishes.Reader.ReadAllAsync(stop))
            await TryAsync("A mail to prove an address could not be asked for again", () => wish.Email is { } email
                ? verifications.AskAgainAtAsync(email)
                : verifications.AskAgainAsync(wish.AccountId!));
    }

    private async Task<bool> TryAsync(string trouble, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception failure)
        {
            logger.LogWarning("{Trouble}: {Reason}", trouble, failure.GetBaseException().Message);
            return false;
        }
    }
}

/// <summary>A wish for another mail: of an account, or of whoever waits to prove an address.</summary>
internal sealed record Wish(string? AccountId, string? Email);
