using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Seats.Identity.Storage;

/// <summary>Deletes kept replies and successors whose time is over, in the background and in small portions.</summary>
internal sealed class Sweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(IdentityLimits.SweepSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            var oldest = now.AddHours(-IdentityLimits.ReplyHours);
            await DeleteAsync<CommandRow>(row => row.At < oldest, row => row.At, cancellationToken);
            await DeleteAsync<SuccessorRow>(row => row.Until < now, row => row.Until, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // What is left is deleted by a later round.
            logger.LogWarning("Kept replies could not be deleted: {Reason}", failure.GetBaseException().Message);
        }
    }

    private async Task DeleteAsync<TRow>(
        Expression<Func<TRow, bool>> over, Expression<Func<TRow, DateTime>> age, CancellationToken cancellationToken)
        where TRow : class
    {
        for (var portion = 0; portion < IdentityLimits.SweepPortionsAtMost; portion++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var rows = scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<TRow>();
            var deleted = await rows.Where(over).OrderBy(age).Take(IdentityLimits.SweepRowsAtMost).ExecuteDeleteAsync(cancellationToken);
            if (deleted < IdentityLimits.SweepRowsAtMost) return;
        }
    }
}
