using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Seats.Identity.Accounts;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer;

/// <summary>Makes the first administrator when there is none: from the configuration, else in Development with a random password that is shown once.</summary>
internal sealed class FirstAdministrator(IConfiguration configuration, IHostEnvironment environment, ILogger<FirstAdministrator> logger)
{
    private const string DefaultUsername = "admin";
    // Without digits, and letters that are written as digits and signs: what is left of Passw0rd!, admin123 and P@ssw0rd.
    private static readonly string[] WellKnown = ["admin", "administrator", "password", "changeme", "secret", "letmein", "welcome", "qwerty", "qwertyuiop", "azerty", "seats", "root", "test", "demo", ""];

    public async Task EnsureAsync(IServiceProvider services)
    {
        var users = services.GetRequiredService<UserManager<AccountRow>>();
        var (username, password) = (configuration["Admin:Username"], configuration["Admin:Password"]);
        if (password is { Length: > 0 }) Refuse(username ?? DefaultUsername, password);
        if ((await users.GetUsersInRoleAsync(Roles.Admin)).Count > 0) return;
        if (password is { Length: > 0 })
        {
            await MakeAsync(services, username ?? DefaultUsername, password);
            return;
        }
        if (!environment.IsDevelopment())
        {
            logger.LogInformation("There is no administrator yet: set Admin:Username and Admin:Password and start again to make one");
            return;
        }
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9));
        if (!await MakeAsync(services, username ?? DefaultUsername, random)) return;
        Console.WriteLine($"Administrator made: user name \"{username ?? DefaultUsername}\", password \"{random}\" (shown this once).");
    }

    private void Refuse(string username, string password)
    {
        if (password.Length < AccountRules.PasswordCharsAtLeast)
            throw new InvalidOperationException($"Admin:Password is too short: choose one of at least {AccountRules.PasswordCharsAtLeast} characters.");
        if (!environment.IsDevelopment() && IsWellKnown(username, password))
            throw new InvalidOperationException("Admin:Password is one that everybody would try first: choose another.");
    }

    private static bool IsWellKnown(string username, string password)
    {
        var plain = password.ToLowerInvariant();
        var word = string.Concat(plain.Replace('0', 'o').Replace('@', 'a').Replace('$', 's').Where(char.IsAsciiLetter));
        var half = word[..(word.Length / 2)];
        return plain == username.ToLowerInvariant() || WellKnown.Contains(word) || half.Length > 0 && word == half + half && WellKnown.Contains(half);
    }

    private static async Task<bool> MakeAsync(IServiceProvider services, string username, string password)
    {
        var row = new AccountRow
        {
            UserName = username,
            Email = $"{username}@localhost.invalid",
            // No mailbox: nobody else can ever prove it.
            EmailConfirmed = true,
            FirstName = "Admin",
            LastName = "Admin",
        };
        var registrar = services.GetRequiredService<Registrar>();
        return (await registrar.MakeAsync(row, password, [Roles.User, Roles.Admin], CancellationToken.None)).Row is not null;
    }
}
