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
internal sealed class FirstAdministrator(
    IConfiguration configuration, IHostEnvironment environment, ReservedNames names, ILogger<FirstAdministrator> logger)
{
    // Without digits, and letters that are written as digits and signs: what is left of Passw0rd!, admin123 and P@ssw0rd.
    private static readonly string[] WellKnown = ["admin", "administrator", "password", "changeme", "secret", "letmein", "welcome", "qwerty", "qwertyuiop", "azerty", "seats", "root", "test", "demo", ""];

    public async Task EnsureAsync(IServiceProvider services)
    {
        var users = services.GetRequiredService<UserManager<AccountRow>>();
        var (username, password) = (names.OfAdministrator, configuration["Admin:Password"]);
        if (password is { Length: > 0 }) Refuse(username, password);
        if (!await HasNoneAsync(users)) return;
        if (password is { Length: > 0 })
        {
            if (!await MakeAsync(services, username, password) && await HasNoneAsync(users)) WarnThatTheNameIsTaken(username);
            return;
        }
        if (!environment.IsDevelopment())
        {
            logger.LogInformation("There is no administrator yet: set Admin:Username and Admin:Password and start again to make one");
            return;
        }
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9));
        if (await MakeAsync(services, username, random))
            Console.WriteLine($"Administrator made: user name \"{username}\", password \"{random}\" (shown this once).");
        else if (await HasNoneAsync(users)) WarnThatTheNameIsTaken(username);
    }

    /// <summary>Another node may have made one at the same moment.</summary>
    private static async Task<bool> HasNoneAsync(UserManager<AccountRow> users) =>
        (await users.GetUsersInRoleAsync(Roles.Admin)).Count == 0;

    private void WarnThatTheNameIsTaken(string username) => logger.LogWarning(
        "There is no administrator: somebody else has the user name {Username}. Set Admin:Username to another one, with Admin:Password, "
        + "and start again",
        username);

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
