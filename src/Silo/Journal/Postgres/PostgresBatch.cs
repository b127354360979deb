using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Seats.Core;
using Seats.Grains.Journal;
using Seats.Spelling;

namespace Seats.Silo.Journal;

/// <summary>The statement of a batch: arrays in, ids of the events whose slice landed out.</summary>
internal static class PostgresBatch
{
    private const string Heads = """
        with batch as (
            select * from unnest($1, $2, $3, $4, $5, $6) as b(event_id, epoch, expected, version, slice_id, next_deadline)
        ), landed as (
            update heads h set version = b.version, slice_id = b.slice_id, next_deadline = b.next_deadline
            from batch b where h.event_id = b.event_id and h.epoch = b.epoch and h.version = b.expected and b.version > b.expected
            returning h.event_id
        ), confirmed as (
            select h.event_id from heads h
            join batch b on h.event_id = b.event_id and h.epoch = b.epoch and h.version = b.expected and b.version = b.expected
        ), written as (
            insert into journal (event_id, version, at, command_id, body_hash, kinds, facts)
            select e.event_id, e.version, e.at, e.command_id, e.body_hash, e.kinds, e.facts::json
            from unnest($7, $8, $9, $10, $11, $12, $13) as e(event_id, version, at, command_id, body_hash, kinds, facts)
            where e.event_id in (select event_id from landed)
        )
        """;

    private const string Indexes = """
        , events as (
            insert into event_index (event_id, title, location, visibility, state, starts_at, ends_at, organisers, search, search_edition,
                sales_from, sales_until, owner, places)
            select e.event_id, e.title, e.location, e.visibility, e.state, e.starts_at, e.ends_at, string_to_array(e.organisers, chr(10)),
                e.search, $37, e.sales_from, e.sales_until, e.owner, e.places
            from unnest($14, $15, $16, $17, $18, $19, $20, $21, $22, $38, $39, $40, $41) as e(
                event_id, title, location, visibility, state, starts_at, ends_at, organisers, search, sales_from, sales_until, owner,
                places)
            where e.event_id in (select event_id from landed)
            on conflict (event_id) do update set title = excluded.title, location = excluded.location, visibility = excluded.visibility,
                state = excluded.state, starts_at = excluded.starts_at, ends_at = excluded.ends_at, organisers = excluded.organisers,
                search = excluded.search, search_edition = excluded.search_edition, sales_from = excluded.sales_from,
                sales_until = excluded.sales_until, owner = excluded.owner, places = excluded.places
        ), invitations as (
            insert into invitation_index (event_id, number, person_id, email, created_at)
            select i.event_id, i.number, i.person_id, i.email, i.created_at
            from unnest($23, $24, $25, $26, $27) as i(event_id, number, person_id, email, created_at)
            where i.event_id in (select event_id from landed)
            on conflict (event_id, number) do update set person_id = excluded.person_id, email = excluded.email
        ), replied as (
            insert into replies (event_id, command_id, body_hash, version, at, reply)
            select r.event_id, r.command_id, r.body_hash, r.version, r.at, r.reply::json
            from unnest($28, $29, $30, $31, $32, $33) as r(event_id, command_id, body_hash, version, at, reply)
            where r.event_id in (select event_id from landed union all select event_id from confirmed)
            on conflict do nothing
        ), notifying as (
            insert into outbox (event_id, person_version, everybody_version)
            select n.event_id, n.person, n.everybody from unnest($34, $35, $36) as n(event_id, person, everybody)
            where n.event_id in (select event_id from landed)
            on conflict (event_id) do update set person_version = greatest(outbox.person_version, excluded.person_version),
                everybody_version = greatest(outbox.everybody_version, excluded.everybody_version)
        )
        """;

    private const string Answer = " select event_id from landed union all select event_id from confirmed";

    public static NpgsqlCommand CommandFor(IReadOnlyList<PendingSlice> batch)
    {
        var indexed = batch.Any(pending => HasIndexRows(pending.Slice));
        var command = new NpgsqlCommand(indexed ? Heads + Indexes + Answer : Heads + Answer) { CommandTimeout = JournalLimits.CommandTimeoutSeconds };
        AddHeads(command.Parameters, batch);
        AddEntries(command.Parameters, batch);
        if (!indexed) return command;
        AddEvents(command.Parameters, batch);
        AddInvitations(command.Parameters, batch);
        AddReplies(command.Parameters, batch);
        AddNotifying(command.Parameters, batch);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = SearchText.Edition });
        AddSales(command.Parameters, batch);
        AddPlanned(command.Parameters, batch);
        return command;
    }

    private static bool HasIndexRows(Slice slice) => slice.Indexes.Event is not null || slice.Indexes.Invitations.Count > 0
        || slice.Indexes.Replies.Count > 0 || slice.LastFor(Audience.Person | Audience.Everybody) > 0;

    private static void AddHeads(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var (ids, epochs, expected, versions) = (new long[batch.Count], new long[batch.Count], new long[batch.Count], new long[batch.Count]);
        var (slices, deadlines) = (new Guid[batch.Count], new DateTime?[batch.Count]);
        for (var index = 0; index < batch.Count; index++)
        {
            var slice = batch[index].Slice;
            (ids[index], epochs[index], expected[index], versions[index]) = (slice.EventId, slice.Epoch, slice.ExpectedVersion, slice.NewVersion);
            (slices[index], deadlines[index]) = (batch[index].Id, slice.Indexes.NextDeadline?.UtcDateTime);
        }
        Add(parameters, ids, NpgsqlDbType.Bigint);
        Add(parameters, epochs, NpgsqlDbType.Bigint);
        Add(parameters, expected, NpgsqlDbType.Bigint);
        Add(parameters, versions, NpgsqlDbType.Bigint);
        Add(parameters, slices, NpgsqlDbType.Uuid);
        Add(parameters, deadlines, NpgsqlDbType.TimestampTz);
    }

    private static void AddEntries(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var count = 0;
        foreach (var pending in batch) count += pending.Slice.Entries.Count;
        var (ids, versions, hashes) = (new long[count], new long[count], new long[count]);
        var (times, commands, kinds, facts) = (new DateTime[count], new Guid?[count], new string[count], new byte[count][]);
        var at = 0;
        foreach (var pending in batch)
            foreach (var entry in pending.Slice.Entries)
            {
                (ids[at], versions[at], times[at]) = (pending.Slice.EventId, entry.Version, entry.At.UtcDateTime);
                (commands[at], hashes[at], kinds[at]) = (entry.CommandId, entry.BodyHash, entry.Kinds);
                facts[at++] = BytesOf(entry.Facts);
            }
        Add(parameters, ids, NpgsqlDbType.Bigint);
        Add(parameters, versions, NpgsqlDbType.Bigint);
        Add(parameters, times, NpgsqlDbType.TimestampTz);
        Add(parameters, commands, NpgsqlDbType.Uuid);
        Add(parameters, hashes, NpgsqlDbType.Bigint);
        Add(parameters, kinds, NpgsqlDbType.Text);
        Add(parameters, facts, NpgsqlDbType.Text);
    }

    /// <summary>JSON that is UTF-8 already goes as it is.</summary>
    private static byte[] BytesOf(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : json.ToArray();

    private static void AddEvents(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.Where(pending => pending.Slice.Indexes.Event is not null)
            .Select(pending => (pending.Slice.EventId, Row: pending.Slice.Indexes.Event!)).ToArray();
        Add(parameters, rows.Select(row => row.EventId).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(row => row.Row.Title).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.Location).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.Visibility).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.State).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.StartsAt.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
        Add(parameters, rows.Select(row => row.Row.EndsAt.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
        Add(parameters, rows.Select(row => string.Join('\n', row.Row.Organisers)).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.Search).ToArray(), NpgsqlDbType.Text);
    }

    private static void AddSales(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.Select(pending => pending.Slice.Indexes.Event).OfType<EventIndexRow>().ToArray();
        Add(parameters, rows.Select(row => row.SalesFrom?.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
        Add(parameters, rows.Select(row => row.SalesUntil?.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
    }

    private static void AddPlanned(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.Select(pending => pending.Slice.Indexes.Event).OfType<EventIndexRow>().ToArray();
        Add(parameters, rows.Select(row => row.Owner).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Places).ToArray(), NpgsqlDbType.Integer);
    }

    private static void AddInvitations(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.SelectMany(pending => pending.Slice.Indexes.Invitations.Select(row => (pending.Slice.EventId, Row: row))).ToArray();
        Add(parameters, rows.Select(row => row.EventId).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(row => row.Row.Number).ToArray(), NpgsqlDbType.Integer);
        Add(parameters, rows.Select(row => row.Row.PersonId).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.Email).ToArray(), NpgsqlDbType.Text);
        Add(parameters, rows.Select(row => row.Row.CreatedAt.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
    }

    private static void AddReplies(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.SelectMany(pending => pending.Slice.Indexes.Replies.Select(row => (pending.Slice.EventId, Row: row))).ToArray();
        Add(parameters, rows.Select(row => row.EventId).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(row => row.Row.CommandId).ToArray(), NpgsqlDbType.Uuid);
        Add(parameters, rows.Select(row => row.Row.BodyHash).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(row => row.Row.Version).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(row => row.Row.At.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
        Add(parameters, rows.Select(row => BytesOf(row.Row.Reply)).ToArray(), NpgsqlDbType.Text);
    }

    private static void AddNotifying(NpgsqlParameterCollection parameters, IReadOnlyList<PendingSlice> batch)
    {
        var rows = batch.Where(pending => pending.Slice.LastFor(Audience.Person | Audience.Everybody) > 0).Select(pending => pending.Slice).ToArray();
        Add(parameters, rows.Select(slice => slice.EventId).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(slice => slice.LastFor(Audience.Person)).ToArray(), NpgsqlDbType.Bigint);
        Add(parameters, rows.Select(slice => slice.LastFor(Audience.Everybody)).ToArray(), NpgsqlDbType.Bigint);
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, T[] values, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
