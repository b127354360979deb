using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Storage;

namespace Seats.Identity;

/// <summary>Answers to account commands that came with an idempotency key, kept for a day.</summary>
public sealed class Answers(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider time)
{
    // An answer may hold tokens: nobody reads them off the database.
    private readonly IDataProtector protector = protection.CreateProtector("Seats.Identity.Answers");

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The answer given under a key, or null.</summary>
    public async Task<KeptAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var row = await database.Answers.AsNoTracking().SingleOrDefaultAsync(answer => answer.Key == key, cancellationToken);
        return row is null || row.At < Oldest() ? null : new KeptAnswer(row.BodyHash, row.Status, protector.Unprotect(row.Body));
    }

    /// <summary>Keeps an answer; the first one under a key counts. Forgets what is older than a day.</summary>
    public async Task KeepAsync(string key, KeptAnswer answer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var oldest = Oldest();
        await database.Answers.Where(row => row.At < oldest).ExecuteDeleteAsync(cancellationToken);
        database.Answers.Add(new AnswerRow { Key = key, BodyHash = answer.BodyHash, Status = answer.Status, Body = protector.Protect(answer.Body), At = time.GetUtcNow().UtcDateTime });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The same command was answered on another node at the same time: the answer kept there counts.
        }
    }

    private DateTime Oldest() => (time.GetUtcNow() - Kept).UtcDateTime;
}

/// <summary>An answer as it was given.</summary>
public sealed record KeptAnswer(long BodyHash, int Status, string Body);
