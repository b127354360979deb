using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seats.Identity.Commands;

namespace Seats.Identity.Tests.Storage;

/// <summary>The tables: what the scripts make is what the program believes, and a database of the version before gets there too.</summary>
public sealed class SchemaTests
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Scripts_MakeWhatTheModelSays(string database)
    {
        await using var made = await Databases.StartAsync(database);
        await using var model = await OpenAsync(database, await Databases.SettingsAsync(database), NewFolder());
        await ExecuteAsync(model, await made.OnDatabaseAsync((_, rows) => Task.FromResult(rows.Database.GenerateCreateScript())));
        await using var scripts = await OpenAsync(database, made.Settings, made.Folder);
        Assert.Equal(await DescribeAsync(model), await DescribeAsync(scripts));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task TablesOfTheVersionBefore_AreUpgraded_AndKeepWhatTheyHold(string database)
    {
        var (settings, folder) = (await Databases.SettingsAsync(database), NewFolder());
        await using (var before = await OpenAsync(database, settings, folder))
        {
            var tables = Path.Combine(AppContext.BaseDirectory, "Storage", "Before", $"{database.ToLowerInvariant()}.sql");
            await ExecuteAsync(before, await File.ReadAllTextAsync(tables));
            await ExecuteAsync(before, Known(database));
        }
        await using var host = await IssuerHost.StartAsync(folder, "Production", settings);
        await using var fresh = await Databases.StartAsync(database);
        await using (var upgraded = await OpenAsync(database, settings, folder))
        await using (var expected = await OpenAsync(database, fresh.Settings, fresh.Folder))
            Assert.Equal(await DescribeAsync(expected), await DescribeAsync(upgraded));

        var ann = (await host.Accounts.FindAsync("ann", CancellationToken.None))!;
        Assert.Equal(("ann@example.com", false), (ann.Email, ann.EmailVerified));
        Assert.True((await host.Accounts.FindAsync("root", CancellationToken.None))!.EmailVerified);
        var commands = host.Services.GetRequiredService<KeyedCommands>();
        var kept = Guid.Parse("00000000-0000-0000-0000-000000000001");
        Assert.Equal(KeyStatus.OtherBody, (await commands.ReserveAsync(kept, 6)).Status);
        Assert.Equal(KeyStatus.Reserved, (await commands.ReserveAsync(Guid.NewGuid(), 7)).Status);
        // A node of the version before goes on writing for a while.
        await using (var still = await OpenAsync(database, settings, folder)) await ExecuteAsync(still, Kept(database, 2));
        Assert.Equal(KeyStatus.OtherBody, (await commands.ReserveAsync(Guid.Parse("00000000-0000-0000-0000-000000000002"), 6)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task ReplyOfTheVersionBefore_IsStillGiven(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using (var still = await OpenAsync(database, host.Settings, host.Folder)) await ExecuteAsync(still, Kept(database, 1));
        var body = host.Services.GetRequiredService<BodyMarks>().Protect("{}");
        await host.OnDatabaseAsync((_, rows) => rows.Commands.ExecuteUpdateAsync(set => set.SetProperty(row => row.Body, body)));
        var commands = host.Services.GetRequiredService<KeyedCommands>();
        var state = await commands.ReserveAsync(Guid.Parse("00000000-0000-0000-0000-000000000001"), 7);
        Assert.Equal(new KeyState(KeyStatus.Finished, null, new KeptReply(200, "{}")), state);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task KeptReplies_AreFoundByAge_ThroughAnIndex(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var connection = await OpenAsync(database, host.Settings, host.Folder);
        var explain = database == Databases.Sqlite ? "explain query plan" : "set enable_seqscan = off; explain";
        var plan = await ReadAsync(connection, $"""
            {explain} select "Key" from {Prefix(database)}"Answers" where "At" < '2000-01-01' order by "At" limit 500
            """);
        Assert.Contains(plan, line => line.Contains("IX_Answers_At", StringComparison.Ordinal));
    }

    private static string Known(string database) => $"""
        insert into {Prefix(database)}"AspNetUsers" (
            "Id", "FirstName", "LastName", "Locale", "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed",
            "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
        values ('ann', 'Ann', 'Lee', 'en', 'ann', 'ANN', 'ann@example.com', 'ANN@EXAMPLE.COM', false, false, false, true, 0),
            ('root', 'Admin', 'Admin', 'en', 'root', 'ROOT', 'root@localhost.invalid', 'ROOT@LOCALHOST.INVALID', false, false, false, true, 0);
        insert into {Prefix(database)}"AspNetRoles" ("Id", "Name", "NormalizedName") values ('admins', 'ADMIN', 'ADMIN');
        insert into {Prefix(database)}"AspNetUserRoles" ("UserId", "RoleId") values ('root', 'admins');
        {Kept(database, 1)}
        """;

    private static string Kept(string database, int number) => $"""
        insert into {Prefix(database)}"Answers" ("Key", "BodyHash", "Status", "Body", "At")
        values ('{number:D32}', 7, 200, 'protected', {(database == Databases.Sqlite ? "datetime('now')" : "now()")});
        """;

    private static string Prefix(string database) => database == Databases.Sqlite ? "" : "identity.";

    private static string NewFolder() => Directory.CreateTempSubdirectory("seats-identity-").FullName;

    private static async Task<DbConnection> OpenAsync(string database, (string Key, string Value)[] settings, string folder)
    {
        DbConnection connection = database == Databases.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(folder, "identity.db")};Pooling=false")
            : new NpgsqlConnection(settings[0].Value);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Columns and indexes, sorted, without what the scripts keep for themselves.</summary>
    private static async Task<IReadOnlyList<string>> DescribeAsync(DbConnection connection)
    {
        var found = connection is SqliteConnection
            ? await ReadAsync(connection, """
                select t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
                from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'
                union select tbl_name || ': ' || coalesce(sql, name) from sqlite_master where type = 'index'
                """)
            : await ReadAsync(connection, """
                select table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, 0) || ' '
                    || is_nullable || ' ' || is_identity
                from information_schema.columns where table_schema = 'identity'
                union select indexdef from pg_indexes where schemaname = 'identity'
                union select conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                from pg_constraint where connamespace = 'identity'::regnamespace
                """);
        var own = found.Select(Plain).Where(line => !line.Contains("schemaversions", StringComparison.Ordinal));
        return [.. own.Order(StringComparer.Ordinal)];
    }

    /// <summary>Without what says the same in other words.</summary>
    private static string Plain(string line) => line.ToLowerInvariant()
        .Replace("if not exists ", "", StringComparison.Ordinal)
        .Replace("\n   ", "", StringComparison.Ordinal)
        .Replace("schema_versions", "schemaversions", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add($"{reader.GetValue(reader.FieldCount - 1)}");
        return lines;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
