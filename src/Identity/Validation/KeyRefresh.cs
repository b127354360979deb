using Microsoft.IdentityModel.Tokens;

namespace Seats.Identity.Validation;

/// <summary>
/// Asks the issuer for its keys again when a token is signed with one that nobody knows, as it is after a rotation: once for all who come meanwhile, and not
/// again for a while, or whoever makes up key ids would flood the issuer.
/// </summary>
internal sealed class KeyRefresh(TimeProvider time)
{
    /// <summary>The least time between two questions.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private const int LooksAtMost = 60;
    private readonly Lock gate = new();
    private Task<bool> asking = Task.FromResult(false);
    private long askedAt = -1;

    /// <summary>Whether there are other keys now.</summary>
    public Task<bool> AskAsync(BaseConfigurationManager issuer)
    {
        lock (gate)
        {
            if (!asking.IsCompleted) return asking;
            if (askedAt >= 0 && time.GetElapsedTime(askedAt) < Pause) return Task.FromResult(false);
            askedAt = time.GetTimestamp();
            return asking = RefreshAsync(issuer);
        }
    }

    /// <summary>The manager fetches in the background and says nothing when it is done.</summary>
    private static async Task<bool> RefreshAsync(BaseConfigurationManager issuer)
    {
        var known = await issuer.GetBaseConfigurationAsync(CancellationToken.None);
        issuer.RequestRefresh();
        for (var look = 0; look < LooksAtMost; look++)
        {
            await Task.Delay(Look);
            if (!ReferenceEquals(await issuer.GetBaseConfigurationAsync(CancellationToken.None), known)) return true;
        }
        return false;
    }
}
