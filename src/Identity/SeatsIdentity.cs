using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Seats.Identity.Accounts;
using Seats.Identity.Addresses;
using Seats.Identity.Commands;
using Seats.Identity.Issuer;
using Seats.Identity.Storage;
using Seats.Identity.Validation;

namespace Seats.Identity;

/// <summary>Who people are: the embedded OIDC issuer and its accounts, or the tokens of another issuer.</summary>
public static class SeatsIdentity
{
    private const int DatabaseSeconds = 4;

    /// <summary>Adds bearer authentication as the default scheme and, unless <c>Authentication:Authority</c> names another issuer, the embedded one.</summary>
    /// <param name="dataFolder">Where <c>identity.db</c> is kept when <c>ConnectionStrings:Seats</c> names no Postgres.</param>
    public static IServiceCollection AddSeatsIdentity(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var options = IssuerOptions.From(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddDatabase(configuration.GetConnectionString("Seats"), dataFolder);
        // First of all hosted services: whatever protects data looks for its tables as soon as it starts.
        services.AddHostedService<SchemaPreparation>();
        services.AddDataProtection().SetApplicationName("seats").PersistKeysToDbContext<IdentityDb>();
        services.AddSingleton<IdentityKeys>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddSingleton<BodyMarks>();
        services.AddSingleton<KeyedCommands>();
        services.AddHostedService<Sweeper>();
        if (options.IsEmbedded) services.AddEmbedded(options);
        else services.AddSingleton<IAccounts, NoAccounts>();
        return services;
    }

    /// <summary>The issuer's endpoints are middleware of the authentication itself; nothing else needs a route.</summary>
    public static IEndpointRouteBuilder MapSeatsIdentity(this IEndpointRouteBuilder endpoints) => endpoints;

    private static void AddEmbedded(this IServiceCollection services, IssuerOptions options)
    {
        services.AddIdentityCore<AccountRow>(identity =>
        {
            // Of proved addresses alone, and there the index sees to it.
            identity.User.RequireUniqueEmail = false;
            identity.Lockout.MaxFailedAccessAttempts = IdentityLimits.GuessesFromAnywhere;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(1);
            var password = identity.Password;
            password.RequiredLength = AccountRules.PasswordCharsAtLeast;
            (password.RequireDigit, password.RequireLowercase, password.RequireUppercase, password.RequireNonAlphanumeric) = (false, false, false, false);
        }).AddRoles<IdentityRole>().AddEntityFrameworkStores<IdentityDb>();
        services.AddScoped<ILookupNormalizer, AccountNames>();
        services.AddIssuer(options);
        services.AddSingleton<IAccounts, AccountService>();
        services.AddSingleton<PasswordLane>();
        services.AddScoped<Passwords>();
        services.AddScoped<Registrar>();
        services.AddScoped<Profiles>();
        services.AddScoped<AccountList>();
        services.AddScoped<VerificationRows>();
        services.AddScoped<Proof>();
        services.AddScoped<AskAgain>();
        services.AddSingleton<Verifications>();
        services.AddSingleton<ReservedNames>();
        services.AddSingleton<Guesses>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService<IdentityPreparation>();
        services.AddHostedService<AccountRefill>();
    }

    private static void AddDatabase(this IServiceCollection services, string? postgres, string dataFolder)
    {
        services.AddDbContext<IdentityDb>(database =>
        {
            if (postgres is { Length: > 0 }) database.UseNpgsql(Impatient(postgres), npgsql => npgsql.ExecutionStrategy(dependencies => new PastBrokenConnections(dependencies)));
            else database.UseSqlite($"Data Source={Path.Combine(Directory.CreateDirectory(dataFolder).FullName, "identity.db")}");
        });
        services.AddScoped<IdentitySchema>();
    }

    private static string Impatient(string postgres)
    {
        var builder = new NpgsqlConnectionStringBuilder(postgres)
        {
            Timeout = DatabaseSeconds,
            CommandTimeout = DatabaseSeconds,
            CancellationTimeout = 500,
        };
        builder.Options = Durable(builder.Options);
        return builder.ConnectionString;
    }

    /// <summary>What is acknowledged is on stable storage, whatever the server, the database or the role says.</summary>
    private static string Durable(string? options)
    {
        const string setting = "synchronous_commit";
        options ??= Environment.GetEnvironmentVariable("PGOPTIONS");
        return options?.Contains(setting, StringComparison.Ordinal) == true ? options : $"{options} -c {setting}=on".Trim();
    }
}
