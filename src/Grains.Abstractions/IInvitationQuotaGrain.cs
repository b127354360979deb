namespace Seats.Grains.Abstractions;

/// <summary>
/// How many invitations one person sent, or one address got, within an hour; keyed by either. In memory: a silo that dies forgets, which only
/// lets through what a quota would have held back.
/// </summary>
[Alias("seats.invitation-quota")]
public interface IInvitationQuotaGrain : IGrainWithStringKey
{
    /// <summary>Seconds until there is room for one more; 0 where there is now.</summary>
    /// <param name="atMost">Within an hour.</param>
    [Alias("wait")] Task<int> SecondsToWait(int atMost);

    /// <summary>One more was sent.</summary>
    [Alias("count")] Task Count();
}
