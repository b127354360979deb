using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Seats.Silo.Journal;
using Seats.Silo.Storage;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>A Postgres that does not wait for its disk.</summary>
public sealed class DurabilityOfPostgresTests
{
    [PostgresFact]
    public async Task ServerWithoutFsync_IsRefused_UnlessItIsAllowed()
    {
        if (PostgresServer.Given is not null) return;
        await using var server = await PostgresServer.StartAsync();
        var connection = await server.CreateAsync();
        await CheckAsync(connection);
        await ExecuteAsync(
            connection, "alter system set fsync = off", "alter system set full_page_writes = off", "select pg_reload_conf()");
        await Eventually.HoldsAsync(async () => await ReadAsync(connection, "show fsync") == "off");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => CheckAsync(connection));
        Assert.Contains("fsync = off and full_page_writes = off", refused.Message, StringComparison.Ordinal);
        Assert.Contains(PostgresDurability.Allowed, refused.Message, StringComparison.Ordinal);
        await CheckAsync(connection, allowed: "true");
        await CheckAsync(connection, environment: "Development");
    }

    [PostgresFact]
    public async Task SessionsOfOurs_CommitToStableStorage_WhateverTheDatabaseSays()
    {
        var connection = await PostgresServer.CreateDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await ExecuteAsync(connection, $"alter database {name} set synchronous_commit = off");
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres, connection);
        // A connection that comes back from the pool is as it was opened.
        for (var use = 0; use < 3; use++)
            Assert.Equal("on", (await opened.Database.ReadAsync("show synchronous_commit", row => row.GetString(0))).Single());
        await CheckAsync(connection);
    }

    [PostgresFact]
    public async Task ConnectionStringThatSwitchesItOff_IsRefused_AndOneThatAsksForMore_IsObeyed()
    {
        var connection = await PostgresServer.CreateDatabaseAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CheckAsync($"{connection};Options=-c synchronous_commit=off"));
        Assert.Contains("synchronous_commit = off", refused.Message, StringComparison.Ordinal);
        var more = SeatsStorage.OnPostgres($"{connection};Options=-c synchronous_commit=remote_apply -c work_mem=8MB").Postgres!;
        Assert.Equal("remote_apply", await ReadAsync(more, "show synchronous_commit"));
        var other = SeatsStorage.OnPostgres($"{connection};Options=-c work_mem=8MB").Postgres!;
        Assert.Equal(("on", "8MB"), (await ReadAsync(other, "show synchronous_commit"), await ReadAsync(other, "show work_mem")));
    }

    private static Task CheckAsync(string connection, string? allowed = null, string environment = "Production")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(PostgresDurability.Allowed, allowed)]).Build();
        return new PostgresDurability(
            SeatsStorage.OnPostgres(connection), configuration, new Place(environment), NullLogger<PostgresDurability>.Instance)
            .CheckAsync(CancellationToken.None);
    }

    private static async Task ExecuteAsync(string connection, params string[] statements)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, opened);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<string> ReadAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(sql, opened);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "Seats";
        public string ContentRootPath { get; set; } = "/";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
