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
    private static readonly string[] WellKnown = ["admin", "administrator", "password", "password1", "password123", "changeme", "change-me", "secret", "letmein", "12345678", "123456789", "qwertyuiop"];

    public async Task EnsureAsync(IServiceProvider services)
    {
        var users = services.GetRequiredService<UserManager<AccountRow>>();
        var (username, password) = (configuration["Admin:Username"], configuration["Admin:Password"]);
        if (password is { Length: > 0 }) Refuse(password);
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

    private void Refuse(string password)
    {
        if (environment.IsDevelopment()) return;
        if (password.Length < AccountRules.PasswordCharsAtLeast || WellKnown.Contains(password.ToLowerInvariant()))
            throw new InvalidOperationException("Admin:Password is too short or well known. Choose one of at least 8 characters that nobody would try first.");
    }

    private static Task<bool> MakeAsync(IServiceProvider services, string username, string password) => AccountService.CreateAsync(
        services,
        new AccountRow { UserName = username, Email = $"{username}@localhost.invalid", FirstName = "Admin", LastName = "Admin" },
        password,
        [Roles.User, Roles.Admin]);
}
