using Microsoft.AspNetCore.Identity;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>Hashes and verifies passwords, in their lane.</summary>
internal sealed class Passwords(PasswordLane lane, IPasswordHasher<AccountRow> hasher)
{
    private static readonly AccountRow Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<AccountRow>().HashPassword(Nobody, "correct horse battery staple");

    public Task<LaneOutcome<string>> HashAsync(string password, CancellationToken cancellationToken) =>
        lane.RunAsync(() => hasher.HashPassword(Nobody, password), cancellationToken);

    /// <param name="hash">
    /// Null for an account that is not there, or locked: as slow as a wrong password, so that nobody learns who has an account.
    /// </param>
    public Task<LaneOutcome<PasswordCheck>> CheckAsync(string? hash, string password, CancellationToken cancellationToken) =>
        lane.RunAsync(() => Check(hash, password), cancellationToken);

    private PasswordCheck Check(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(Nobody, hash ?? NobodysHash, password);
        if (hash is null || result == PasswordVerificationResult.Failed) return PasswordCheck.Wrong;
        // The hash may be of an earlier time, with less work in it.
        var isOutOfDate = result == PasswordVerificationResult.SuccessRehashNeeded;
        return new PasswordCheck(true, isOutOfDate ? hasher.HashPassword(Nobody, password) : null);
    }
}

/// <summary>Whether a password is right, and its hash of today where the kept one is out of date.</summary>
internal sealed record PasswordCheck(bool IsRight, string? Rehashed)
{
    public static PasswordCheck Wrong { get; } = new(false, null);
}
