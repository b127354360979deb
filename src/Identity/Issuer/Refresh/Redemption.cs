using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using Seats.Identity.Accounts;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>
/// One redemption of a refresh token. From the moment its family is locked everything is one transaction: the token is used up and its
/// successor is there, or neither.
/// </summary>
internal sealed class Redemption(TokenMint mint, TokenFamily family, Successors successors, UserManager<AccountRow> users)
{
    public async Task<RefreshReply> RunAsync(OpenIddictRequest request)
    {
        var reply = await DecideAsync(request);
        await family.CommitAsync();
        return reply;
    }

    private async Task<RefreshReply> DecideAsync(OpenIddictRequest request)
    {
        var validated = await mint.ValidateAsync(request);
        if (validated.IsRejected)
            return family.IsUsedUp ? await ReusedAsync() : RefreshReply.Refused(validated.Error, validated.ErrorDescription);
        var old = validated.RefreshTokenPrincipal!;
        var (used, subject) = (old.GetTokenId()!, old.GetClaim(OpenIddictConstants.Claims.Subject)!);
        if (await ActiveAccount.FindAsync(users, subject) is not { } account) return RefreshReply.Gone;
        if (family.WasUsed)
            return await successors.FindAsync(used) is { } successor ? new RefreshReply(successor) : await ReusedAsync();
        var response = await mint.RefreshAsync(validated, account);
        await family.MustBeUsedAsync(used);
        await successors.AddAsync(used, response);
        return new RefreshReply(response);
    }

    private async Task<RefreshReply> ReusedAsync()
    {
        await family.EndAsync();
        return RefreshReply.Reused;
    }
}
