using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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

    public DbSet<VerificationRow> Verifications => Set<VerificationRow>();

    /// <summary>The account that an address belongs to: the one that proved it. Accounts that merely name it are not found.</summary>
    public Task<AccountRow?> FindProvedAsync(string? normalizedEmail, CancellationToken cancellationToken = default) =>
        Users.SingleOrDefaultAsync(account => account.EmailConfirmed && account.NormalizedEmail == normalizedEmail, cancellationToken);

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
        // One account a proved address: two with the same one could not be told apart by those who invite them. Many may name it unproved.
        builder.Entity<AccountRow>().HasIndex(account => account.NormalizedEmail, "ProvedEmailIndex").IsUnique()
            .HasFilter("\"EmailConfirmed\"");
        builder.Entity<AccountRow>().HasIndex(account => account.SearchEdition);
        DescribeVerifications(builder.Entity<VerificationRow>());
    }

    private static void DescribeVerifications(EntityTypeBuilder<VerificationRow> rows)
    {
        rows.ToTable("EmailVerifications").HasKey(row => row.Id);
        rows.Property(row => row.Id).ValueGeneratedNever();
        rows.HasOne<AccountRow>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        rows.HasIndex(row => new { row.AccountId, row.At });
        rows.HasIndex(row => new { row.NormalizedEmail, row.At });
        rows.HasIndex(row => row.Until);
        rows.HasIndex(row => row.At, "IX_EmailVerifications_Unqueued").HasFilter("\"QueuedAt\" IS NULL");
    }
}
