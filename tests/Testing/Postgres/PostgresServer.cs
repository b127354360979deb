using System.Diagnostics;
using Npgsql;

namespace Seats.Testing.Postgres;

/// <summary>A private Postgres for a test run, durable as in production; or the server that <c>SEATS_TEST_POSTGRES</c> names.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);
    private readonly string folder;
    private readonly int port;
    private readonly string? given;

    private PostgresServer(string folder, int port, string? given) => (this.folder, this.port, this.given) = (folder, port, given);

    /// <summary>Where the programs are, or null when there is no Postgres here.</summary>
    public static string? Programs { get; } = FindPrograms();

    /// <summary>The server as named by the environment, or null.</summary>
    public static string? Given => Environment.GetEnvironmentVariable("SEATS_TEST_POSTGRES");

    /// <summary>An empty database on the shared server: its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync() => await (await Shared.Value).CreateAsync();

    /// <summary>A server of one's own, to stop, kill and start again.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        if (Given is { } given) return new PostgresServer("", 0, given);
        var server = new PostgresServer(Directory.CreateTempSubdirectory("seats-pg-").FullName, FreePort.Next(), null);
        await server.InitializeAsync();
        server.EndWithThisProcess();
        return server;
    }

    public async Task<string> CreateAsync()
    {
        var name = $"seats_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public Task StartServerAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o",
        $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300", "start");

    /// <summary>Stops at once, as a crash would: what is not on disk is gone.</summary>
    public Task CrashAsync() => RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Takes the processor from all of its processes: connections stay open, and nobody answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Gives it back.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    private async Task SignalAsync(string signal)
    {
        var main = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await ExecuteAsync("/bin/sh", "-c", $"kill -{signal} {main} $(ps -o pid= --ppid {main})");
    }

    public async ValueTask DisposeAsync()
    {
        if (given is not null || !Directory.Exists(folder)) return;
        try
        {
            await CrashAsync();
        }
        catch (InvalidOperationException)
        {
            // A test left it stopped.
        }
        Directory.Delete(folder, recursive: true);
    }

    private string Data => Path.Combine(folder, "data");

    private string ConnectionString(string database) => given is not null
        ? new NpgsqlConnectionStringBuilder(given) { Database = database }.ConnectionString
        : $"Host=127.0.0.1;Port={port};Username=seats;Database={database}";

    private async Task InitializeAsync()
    {
        if (Environment.UserName == "root") await ExecuteAsync("chown", "postgres", folder);
        await RunAsync("initdb", "-D", Data, "-U", "seats", "--auth=trust", "-E", "UTF8", "--locale=C");
        await StartServerAsync();
    }

    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs ?? throw new InvalidOperationException("No Postgres here."), program);
        return Environment.UserName == "root" ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : ExecuteAsync(path, arguments);
    }

    /// <summary>A test run that ends gives nobody the time to clean up: a shell waits for that, and does.</summary>
    private void EndWithThisProcess()
    {
        const string script = """exec >/dev/null 2>&1 </dev/null; while kill -0 "$0"; do sleep 1; done; kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"; sleep 2; rm -rf "$1" """;
        using var waiting = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, Environment.ProcessId.ToString(), folder]) { WorkingDirectory = "/" });
    }

    private static async Task ExecuteAsync(string program, params string[] arguments)
    {
        // The server keeps the output it inherits open: it gets none of ours.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = (Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")));
    }
}
