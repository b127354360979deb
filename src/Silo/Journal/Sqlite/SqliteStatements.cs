using System.Text;
using Microsoft.Data.Sqlite;
using Seats.Core;
using Seats.Grains.Journal;
using Seats.Spelling;

namespace Seats.Silo.Journal;

/// <summary>The writer's prepared statements.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand confirm = Prepare(connection, "select 1 from heads where event_id = $1 and version = $2 and epoch = $3", 3);

    private readonly SqliteCommand head = Prepare(connection,
        "update heads set version = $1, slice_id = $2, next_deadline = $3 where event_id = $4 and version = $5 and epoch = $6", 6);

    private readonly SqliteCommand append = Prepare(connection,
        "insert into journal (event_id, version, at, command_id, body_hash, kinds, facts) values ($1, $2, $3, $4, $5, $6, $7)", 7);

    private readonly SqliteCommand indexEvent = Prepare(connection, """
        insert into event_index (event_id, title, location, visibility, state, starts_at, ends_at, search, search_edition, sales_from,
            sales_until, owner, places)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (event_id) do update set title = excluded.title, location = excluded.location, visibility = excluded.visibility,
            state = excluded.state, starts_at = excluded.starts_at, ends_at = excluded.ends_at, search = excluded.search,
            search_edition = excluded.search_edition, sales_from = excluded.sales_from, sales_until = excluded.sales_until,
            owner = excluded.owner, places = excluded.places
        """, 13);

    private readonly SqliteCommand forgetOrganisers = Prepare(connection, "delete from event_organisers where event_id = $1", 1);

    private readonly SqliteCommand addOrganiser = Prepare(connection,
        "insert or ignore into event_organisers (event_id, person_id) values ($1, $2)", 2);

    private readonly SqliteCommand indexInvitation = Prepare(connection, """
        insert into invitation_index (event_id, number, person_id, email, created_at) values ($1, $2, $3, $4, $5)
        on conflict (event_id, number) do update set person_id = excluded.person_id, email = excluded.email
        """, 5);

    private readonly SqliteCommand reply = Prepare(connection,
        "insert or ignore into replies (event_id, command_id, body_hash, version, at, reply) values ($1, $2, $3, $4, $5, $6)", 6);

    private readonly SqliteCommand notify = Prepare(connection, """
        insert into outbox (event_id, person_version, everybody_version) values ($1, $2, $3)
        on conflict (event_id) do update set person_version = max(person_version, excluded.person_version),
            everybody_version = max(everybody_version, excluded.everybody_version)
        """, 3);

    public void Use(SqliteTransaction transaction)
    {
        foreach (var command in All) command.Transaction = transaction;
    }

    public bool Confirm(Slice slice) => Set(confirm, slice.EventId, slice.ExpectedVersion, slice.Epoch).ExecuteScalar() is not null;

    public bool MoveHead(PendingSlice pending) => Set(head,
        pending.Slice.NewVersion, pending.Id.ToString(), SqliteDatabase.Text(pending.Slice.Indexes.NextDeadline),
        pending.Slice.EventId, pending.Slice.ExpectedVersion, pending.Slice.Epoch).ExecuteNonQuery() == 1;

    public void Append(long eventId, JournalEntry entry, string facts) => Set(append,
        eventId, entry.Version, SqliteDatabase.Text(entry.At), entry.CommandId?.ToString(), entry.BodyHash, entry.Kinds, facts).ExecuteNonQuery();

    public void Index(long eventId, EventIndexRow row)
    {
        Set(indexEvent, eventId, row.Title, row.Location, row.Visibility, row.State,
            SqliteDatabase.Text(row.StartsAt), SqliteDatabase.Text(row.EndsAt), row.Search, SearchText.Edition,
            SqliteDatabase.Text(row.SalesFrom), SqliteDatabase.Text(row.SalesUntil), row.Owner, row.Places).ExecuteNonQuery();
        Set(forgetOrganisers, eventId).ExecuteNonQuery();
        foreach (var person in row.Organisers) Set(addOrganiser, eventId, person).ExecuteNonQuery();
    }

    public void Index(long eventId, InvitationIndexRow row) =>
        Set(indexInvitation, eventId, row.Number, row.PersonId, row.Email, SqliteDatabase.Text(row.CreatedAt)).ExecuteNonQuery();

    public void Store(long eventId, StoredReply stored) => Set(reply,
        eventId, stored.CommandId.ToString(), stored.BodyHash, stored.Version, SqliteDatabase.Text(stored.At),
        Encoding.UTF8.GetString(stored.Reply.Span)).ExecuteNonQuery();

    public void Notify(Slice slice)
    {
        var (person, everybody) = (slice.LastFor(Audience.Person), slice.LastFor(Audience.Everybody));
        if (person + everybody > 0) Set(notify, slice.EventId, person, everybody).ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in All) command.Dispose();
    }

    private SqliteCommand[] All => [confirm, head, append, indexEvent, forgetOrganisers, addOrganiser, indexInvitation, reply, notify];

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= parameters; number++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
        return command;
    }

    private static SqliteCommand Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command;
    }
}
