using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Invitations;

/// <summary>
/// Bounds how much mail one organiser sends to strangers, and how much a stranger gets, whoever invites them:
/// <c>Invitations:PerHour:Person</c> and <c>Invitations:PerHour:Address</c>. What was refused does not count.
/// </summary>
internal sealed class InvitationQuota(IGrainFactory grains, IConfiguration configuration, ILogger<InvitationQuota> logger)
{
    private readonly int byPerson = Read(configuration, "Invitations:PerHour:Person", 5_000);
    private readonly int toAddress = Read(configuration, "Invitations:PerHour:Address", 60);

    public static InvitationQuota Of(HttpContext context) => context.RequestServices.GetRequiredService<InvitationQuota>();

    /// <summary>False when a problem was written instead.</summary>
    public async Task<bool> HasRoomAsync(HttpContext context, Requester by, string email)
    {
        var found = await EventCalls.Of(context).TryAsync(context, async () => new Wait(Math.Max(
            await Person(by).SecondsToWait(byPerson), await Address(email).SecondsToWait(toAddress))));
        if (found is null) return false;
        if (found.Seconds == 0) return true;
        await Problem.RateLimitedAsync(context, found.Seconds);
        return false;
    }

    /// <summary>An invitation was made. It is, whether it is counted or not.</summary>
    public async Task CountAsync(Requester by, string email)
    {
        try
        {
            await Task.WhenAll(Person(by).Count(), Address(email).Count());
        }
        catch (Exception away) when (away is TimeoutException or Orleans.Runtime.OrleansException)
        {
            logger.LogInformation("An invitation was not counted: {Reason}", away.Message);
        }
    }

    private IInvitationQuotaGrain Person(Requester by) => grains.GetGrain<IInvitationQuotaGrain>($"person/{by.Id}");

    private IInvitationQuotaGrain Address(string email) => grains.GetGrain<IInvitationQuotaGrain>($"address/{email}");

    private static int Read(IConfiguration configuration, string key, int otherwise) =>
        configuration.GetValue(key, otherwise) is var value and >= 1 ? value : throw new InvalidOperationException($"{key} is at least 1.");

    private sealed record Wait(int Seconds);
}
