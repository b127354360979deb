using Microsoft.AspNetCore.Identity;
using Seats.Identity.Storage;

namespace Seats.Identity.Addresses;

/// <summary>One use of a link: the address becomes that of its account and the link is used up, or neither.</summary>
internal sealed class Proof(IdentityDb database, UserManager<AccountRow> users, VerificationRows verifications)
{
    /// <param name="isRepeated">An earlier try broke off, and may have come to its end all the same.</param>
    public async Task<ProofOutcome> RunAsync(Guid id, bool isRepeated)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        if (await verifications.FindAsync(id) is not { } asked) return ProofOutcome.Invalid;
        await verifications.LockAsync(asked.AccountId);
        if (await users.FindByIdAsync(asked.AccountId) is not { } account) return ProofOutcome.Invalid;
        if (isRepeated && account.EmailConfirmed && account.NormalizedEmail == asked.NormalizedEmail) return ProofOutcome.Of(account);
        if (!await verifications.UseAsync(id)) return ProofOutcome.Invalid;
        if (await database.FindProvedAsync(asked.NormalizedEmail) is { } owner && owner.Id != account.Id) return ProofOutcome.Taken;
        (account.Email, account.EmailConfirmed) = (asked.Email, true);
        var updated = await users.UpdateAsync(account);
        if (!updated.Succeeded) throw new InvalidOperationException($"A proved address could not be saved: {updated}");
        await verifications.EndAsync(account.Id);
        await transaction.CommitAsync();
        return ProofOutcome.Of(account);
    }
}

/// <summary>
/// The address that was proved, and whose it is; or that another account proved it before; neither when the link is good no more.
/// </summary>
public sealed record ProofOutcome(string? Email, string? Username = null, bool IsTaken = false)
{
    /// <summary>The link was used, is too old, or was never made.</summary>
    public static ProofOutcome Invalid { get; } = new((string?)null);

    /// <summary>Another account proved the address before.</summary>
    public static ProofOutcome Taken { get; } = new(null, null, IsTaken: true);

    internal static ProofOutcome Of(AccountRow account) => new(account.Email, account.UserName);
}
