using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer;

/// <summary>The keys of the embedded issuer: made once, kept in the database, the same on every node.</summary>
internal sealed class IdentityKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection)
{
    private const int SigningBits = 2048;
    private const int EncryptionBytes = 32;
    private RsaSecurityKey? signing;
    private SymmetricSecurityKey? encryption;

    /// <summary>Signs access tokens (RS256).</summary>
    public RsaSecurityKey Signing => signing ?? throw new InvalidOperationException("The issuer's keys are not open yet.");

    /// <summary>Encrypts refresh tokens and codes.</summary>
    public SymmetricSecurityKey Encryption => encryption ?? throw new InvalidOperationException("The issuer's keys are not open yet.");

    /// <summary>Reads the keys, or makes them when this node comes first; called in this node's turn (<see cref="OneNodeAtATime"/>).</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var fresh = RSA.Create(SigningBits);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(await GetOrAddAsync("signing", fresh.ExportPkcs8PrivateKey(), cancellationToken), out _);
        var publicPart = rsa.ExportSubjectPublicKeyInfo();
        signing = new RsaSecurityKey(rsa) { KeyId = Convert.ToHexString(SHA256.HashData(publicPart).AsSpan(0, 16)) };
        encryption = new SymmetricSecurityKey(await GetOrAddAsync("encryption", RandomNumberGenerator.GetBytes(EncryptionBytes), cancellationToken));
    }

    private async Task<byte[]> GetOrAddAsync(string name, byte[] proposal, CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector("Seats.Identity.Keys");
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        if (await database.Keys.FindAsync([name], cancellationToken) is { } kept) return protector.Unprotect(Convert.FromBase64String(kept.Value));
        database.Keys.Add(new KeyRow { Name = name, Value = Convert.ToBase64String(protector.Protect(proposal)) });
        await database.SaveChangesAsync(cancellationToken);
        return proposal;
    }
}
