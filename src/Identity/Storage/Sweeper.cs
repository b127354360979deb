using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.EntityFrameworkCore.Models;

namespace Seats.Identity.Storage;

/// <summary>
/// Deletes what is over, in the background, in small portions, and by the clock that all nodes share: kept replies, successors,
/// verifications of addresses, tokens, and the sessions (the issuer calls them authorizations) that have no token left.
/// </summary>
internal sealed class Sweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    /// <summary>Up to where this round of looks at sessions has come: each is looked at in its turn, however many live.</summary>
    private string lastSession = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(IdentityLimits.SweepSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = await NowAsync(cancellationToken);
            var (oldest, ended) = (now.AddHours(-IdentityLimits.ReplyHours), now.AddHours(-IdentityLimits.TokenGraceHours));
            await DeleteAsync<CommandRow>(row => row.At < oldest, row => row.At, cancellationToken);
            await DeleteAsync<SuccessorRow>(row => row.Until < ended, row => row.Until, cancellationToken);
            await DeleteAsync<VerificationRow>(row => row.Until < ended, row => row.Until, cancellationToken);
            // One that was used or withdrawn stays until then: whoever comes with it must be told so.
            await DeleteAsync<OpenIddictEntityFrameworkCoreToken>(
                row => row.ExpirationDate < ended, row => row.ExpirationDate, cancellationToken);
            await DeleteSessionsAsync(now.AddHours(-IdentityLimits.EmptySessionHours), cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // What is left is deleted by a later round.
            logger.LogWarning("What is over could not be deleted: {Reason}", failure.GetBaseException().Message);
        }
    }

    private async Task<DateTime> NowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IdentityDb>().NowAsync(time, cancellationToken);
    }

    private async Task DeleteAsync<TRow>(
        Expression<Func<TRow, bool>> over, Expression<Func<TRow, DateTime?>> end, CancellationToken cancellationToken)
        where TRow : class
    {
        for (var portion = 0; portion < IdentityLimits.SweepPortionsAtMost; portion++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var rows = scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<TRow>();
            var deleted = await rows.Where(over).OrderBy(end).Take(IdentityLimits.SweepRowsAtMost).ExecuteDeleteAsync(cancellationToken);
            if (deleted < IdentityLimits.SweepRowsAtMost) return;
        }
    }

    private async Task DeleteSessionsAsync(DateTime begunBefore, CancellationToken cancellationToken)
    {
        for (var portion = 0; portion < IdentityLimits.SweepPortionsAtMost; portion++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var sessions = scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<OpenIddictEntityFrameworkCoreAuthorization>();
            var page = await sessions.Where(row => string.Compare(row.Id, lastSession) > 0).OrderBy(row => row.Id)
                .Select(row => row.Id!).Take(IdentityLimits.SweepRowsAtMost).ToListAsync(cancellationToken);
            await sessions.Where(row => page.Contains(row.Id!) && row.CreationDate < begunBefore && !row.Tokens.Any())
                .ExecuteDeleteAsync(cancellationToken);
            lastSession = page.Count < IdentityLimits.SweepRowsAtMost ? "" : page[^1];
            if (lastSession.Length == 0) return;
        }
    }
}
