using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>
/// What used refresh tokens were answered with, encrypted, for some seconds: two tabs of one browser send the same token, and an answer
/// gets lost on the way.
/// </summary>
internal sealed class Successors(IdentityDb database, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("Seats.Identity.Successors");

    public async Task<OpenIddictResponse?> FindAsync(string tokenId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var row = await database.Successors.AsNoTracking().SingleOrDefaultAsync(row => row.TokenId == tokenId && row.Until > now);
        return row is null ? null : JsonSerializer.Deserialize<OpenIddictResponse>(protector.Unprotect(row.Response));
    }

    public Task AddAsync(string tokenId, OpenIddictResponse response)
    {
        database.Successors.Add(new SuccessorRow
        {
            TokenId = tokenId,
            Response = protector.Protect(JsonSerializer.Serialize(response)),
            Until = time.GetUtcNow().UtcDateTime.AddSeconds(IdentityLimits.SuccessorSeconds),
        });
        return database.SaveChangesAsync();
    }
}
