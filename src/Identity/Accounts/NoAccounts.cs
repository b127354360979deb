namespace Seats.Identity.Accounts;

/// <summary>Another issuer keeps the accounts: whoever asks for them here made a mistake.</summary>
internal sealed class NoAccounts : IAccounts
{
    public bool IsAvailable => false;

    public Task<string?> FindLocaleAsync(string email, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<RegisterOutcome> RegisterAsync(Registration registration, Guid? run, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public Task<SignInOutcome> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<RefreshOutcome> RefreshAsync(string refreshToken) => throw Elsewhere();

    public Task<Account?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Account?>(null);

    public Task<ProfileOutcome> UpdateProfileAsync(string id, ProfileChange change, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<AccountPage> ListAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken) => throw Elsewhere();

    private static NotSupportedException Elsewhere() => new("The accounts are kept by the issuer that Authentication:Authority names.");
}
