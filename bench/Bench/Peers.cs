using System.Text.Json;
using Npgsql;

namespace Seats.Bench;

/// <summary>What Seats is compared to, on the same database and behind the same server and tokens.</summary>
internal static class Peers
{
    public const int Seats = 2_000_000;
    private const int Connections = 32;
    private static NpgsqlDataSource database = null!;
    private static int next;
    private static readonly byte[] Answer =
        """{"id":"1-h1","eventId":1,"version":2,"state":"HELD","seats":["main/1/5"],"until":"2027-01-01T12:10:00+00:00","untilAtMost":"2027-01-01T12:30:00+00:00"}"""u8.ToArray();

    public static async Task MapAsync(WebApplication app, string connection)
    {
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = Connections, MaxAutoPrepare = 20, AutoPrepareMinUsages = 2, Timeout = 60 }.ConnectionString);
        await ExecuteAsync("""
            create table peer_event (id int primary key, held int not null, capacity int not null) with (fillfactor = 10);
            create table peer_seat (id int primary key, holder text, until timestamptz) with (fillfactor = 70);
            create table peer_hold (id bigint generated always as identity primary key, seat int not null, holder text not null, until timestamptz not null);
            insert into peer_event values (1, 0, 2000000);
            """);
        await ExecuteAsync($"insert into peer_seat select generate_series(1, {Seats}), null, null; vacuum analyze peer_seat");
        app.MapPost("/bench/noop", NoOpAsync);
        app.MapPost("/bench/rowlock", RowLockAsync);
        app.MapPost("/bench/update", UpdateAsync);
    }

    /// <summary>The transaction most ticketing software makes: lock the event row, check the seat, count it, write the hold.</summary>
    public static async Task HoldByRowLockAsync(string holder)
    {
        var seat = Interlocked.Increment(ref next) % Seats + 1;
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("select held, capacity from peer_event where id = 1 for update", connection)) await read.ExecuteNonQueryAsync();
        await using (var take = new NpgsqlCommand("update peer_seat set holder = $1, until = now() + interval '10 minutes' where id = $2", connection))
        {
            take.Parameters.AddWithValue(holder);
            take.Parameters.AddWithValue(seat);
            await take.ExecuteNonQueryAsync();
        }
        await using (var count = new NpgsqlCommand("update peer_event set held = held + 1 where id = 1", connection)) await count.ExecuteNonQueryAsync();
        await using (var write = new NpgsqlCommand("insert into peer_hold (seat, holder, until) values ($1, $2, now() + interval '10 minutes')", connection))
        {
            write.Parameters.AddWithValue(seat);
            write.Parameters.AddWithValue(holder);
            await write.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    /// <summary>The least SQL that keeps a seat unique: no capacity, no limit, no line.</summary>
    public static async Task HoldByUpdateAsync(string holder)
    {
        await using var take = database.CreateCommand("update peer_seat set holder = $1, until = now() + interval '10 minutes' where id = $2 and (until is null or until < now())");
        take.Parameters.AddWithValue(holder);
        take.Parameters.AddWithValue(Interlocked.Increment(ref next) % Seats + 1);
        await take.ExecuteNonQueryAsync();
    }

    public static async Task ExecuteAsync(string sql)
    {
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static Task NoOpAsync(HttpContext context) => AnswerAsync(context);

    private static async Task RowLockAsync(HttpContext context)
    {
        await HoldByRowLockAsync(context.User.FindFirst("sub")!.Value);
        await AnswerAsync(context);
    }

    private static async Task UpdateAsync(HttpContext context)
    {
        await HoldByUpdateAsync(context.User.FindFirst("sub")!.Value);
        await AnswerAsync(context);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        context.Response.StatusCode = 201;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer);
    }
}
