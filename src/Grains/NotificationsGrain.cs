using Orleans.Concurrency;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Grains.Notifications;

namespace Seats.Grains;

/// <summary>Asks the ledger and the mailers on whichever silo is asked.</summary>
/// <remarks>
/// Reentrant, because it has no state: one slow question must not hold up the others. What bounds them is <see cref="ReadLimit"/>.
/// </remarks>
[StatelessWorker, Reentrant]
public sealed class NotificationsGrain(INotificationDesk desk, ReadLimit reads) : Grain, INotificationsGrain
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<NotificationView>> List(NotificationQuery query, int limit) => Try(() => desk.ListAsync(query, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetterView>> ListDeadLetters(NotificationQuery query, int limit) => Try(() => desk.ListDeadLettersAsync(query, limit));

    /// <inheritdoc/>
    public Task<ReplayOutcome> Replay(long id) => Try(() => desk.ReplayAsync(id));

    /// <inheritdoc/>
    public Task<int> ReplayAll(NotificationQuery query) => Try(() => desk.ReplayAllAsync(query));

    /// <inheritdoc/>
    public Task<bool> Discard(long id) => Try(() => desk.DiscardAsync(id));

    /// <inheritdoc/>
    public Task SetLanguage(string personId, string locale, string? email) => Try(async () =>
    {
        await desk.SetLanguageAsync(personId, locale, email);
        return true;
    });

    /// <inheritdoc/>
    public Task<string?> Unsubscribe(string token, bool confirm) => Try(() => desk.UnsubscribeAsync(token, confirm));

    /// <inheritdoc/>
    public Task AskToVerify(IReadOnlyList<VerificationMail> mails) => Try(async () =>
    {
        await desk.AskToVerifyAsync(mails);
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> IsVerificationToken(string token, string email) => Task.FromResult(desk.IsVerificationToken(token, email));

    /// <inheritdoc/>
    public Task<MailReport> Report() => Try(desk.ReportAsync);

    private async Task<T> Try<T>(Func<Task<T>> ask)
    {
        try
        {
            return await reads.RunAsync(ask);
        }
        catch (Exception away) when (away is System.Data.Common.DbException or TimeoutException or IOException)
        {
            throw new EventUnavailableException("The ledger's database is away.", notApplied: true);
        }
    }
}
