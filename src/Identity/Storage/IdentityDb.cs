using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Seats.Identity.Storage;

/// <summary>Accounts, the issuer's clients and tokens, and the keys all nodes share.</summary>
internal sealed class IdentityDb(DbContextOptions<IdentityDb> options)
    : IdentityDbContext<AccountRow, IdentityRole, string>(options), IDataProtectionKeyContext
{
    public const string Schema = "identity";

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<KeyRow> Keys => Set<KeyRow>();

    public DbSet<CommandRow> Commands => Set<CommandRow>();

    public DbSet<SuccessorRow> Successors => Set<SuccessorRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        if (Database.IsNpgsql()) builder.HasDefaultSchema(Schema);
        builder.UseOpenIddict();
        builder.Entity<OpenIddictEntityFrameworkCoreToken>().HasIndex(row => row.ExpirationDate);
        builder.Entity<KeyRow>().HasKey(row => row.Name);
        // The name of the version before: its nodes and its rows are still about while an upgrade goes on.
        builder.Entity<CommandRow>().ToTable("Answers").HasKey(row => row.Key);
        builder.Entity<CommandRow>().HasIndex(row => row.At);
        builder.Entity<SuccessorRow>().ToTable("RefreshSuccessors").HasKey(row => row.TokenId);
        builder.Entity<SuccessorRow>().HasIndex(row => row.Until);
        // One person an address: two accounts with the same one could not be told apart by those who invite them.
        builder.Entity<AccountRow>().HasIndex(account => account.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
        builder.Entity<AccountRow>().HasIndex(account => account.SearchEdition);
    }
}
