namespace Seats.Identity.Tests;

/// <summary>The databases accounts are kept in.</summary>
public static class Databases
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "Postgres";

    public static TheoryData<string> All() =>
        PostgresServer.Given is null && PostgresServer.Programs is null ? [Sqlite] : [Sqlite, Postgres];

    internal static async Task<IssuerHost> StartAsync(string database, params (string, string)[] more) =>
        await IssuerHost.StartAsync(null, "Production", [.. await SettingsAsync(database), .. more]);

    /// <summary>Of an empty database.</summary>
    internal static async Task<(string, string)[]> SettingsAsync(string database) =>
        database == Sqlite ? [] : [("ConnectionStrings:Seats", await PostgresServer.CreateDatabaseAsync())];
}

public sealed class DatabasesTests
{
    [PostgresFact]
    public void Tests_RunOnPostgresToo() => Assert.Equal(2, ((IEnumerable<object[]>)Databases.All()).Count());
}
