using Npgsql;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Spelling;

namespace Seats.Silo.Journal;

/// <summary>Lists from the index tables in Postgres.</summary>
internal sealed class PostgresDirectory(PostgresPools pools, StoreGate gate) : IEventDirectory
{
    private const string Events = $"""
        select event_id, starts_at from event_index
        where ($1::text is null or search like $1)
          and ($2::timestamptz is null or ends_at > $2) and ($3::timestamptz is null or starts_at < $3)
          and ($4::text is null and state <> 'CANCELLED' and ends_at > $5 or {StateOfEvents.Sql} = $4)
          and starts_at > $11
          and ($6 or visibility = 'PUBLIC' or organisers @> array[$7::text])
          and ($8::timestamptz is null or (starts_at, event_id) > ($8, $9))
        order by starts_at, event_id limit $10
        """;

    private const string Invitations = """
        select event_id, number from invitation_index
        where (($1::text is not null and person_id = $1) or ($2::text is not null and email = $2 and ($1::text is null or person_id is null)))
          and ($3::bigint is null or (event_id, number) < ($3, $4))
        order by event_id desc, number desc limit $5
        """;

    private const string Existing = "select event_id from heads where event_id = any($1) and version > 0";

    private const string Planned = """
        select count(*), coalesce(sum(places), 0)::bigint from event_index where owner = $1 and ends_at > $2 and state <> 'CANCELLED'
        """;

    public Task<IReadOnlyList<EventListing>> ListEventsAsync(EventFilter filter, CancellationToken cancellationToken) => ReadAsync(
        pools.General, Events, reader => new EventListing(reader.GetInt64(0), new DateTimeOffset(reader.GetDateTime(1))), cancellationToken,
        Text(filter.Text is null ? null : SearchPattern.Containing(filter.Text)), Time(filter.From), Time(filter.Until), Text(filter.State),
        Time(filter.Now),
        new NpgsqlParameter<bool> { TypedValue = filter.SeesAll }, Text(filter.Viewer), Time(filter.After?.StartsAt),
        new NpgsqlParameter<long> { TypedValue = filter.After?.EventId ?? 0 }, new NpgsqlParameter<int> { TypedValue = filter.Limit },
        Time(filter.EarliestStart));

    public Task<IReadOnlyList<InvitationListing>> ListInvitationsAsync(InvitationFilter filter, CancellationToken cancellationToken) => ReadAsync(
        pools.General, Invitations, reader => new InvitationListing(reader.GetInt64(0), reader.GetInt32(1)), cancellationToken,
        Text(filter.PersonId), Text(filter.Email),
        new NpgsqlParameter { Value = (object?)filter.After?.EventId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
        new NpgsqlParameter<int> { TypedValue = filter.After?.Number ?? 0 }, new NpgsqlParameter<int> { TypedValue = filter.Limit });

    public Task<IReadOnlyList<long>> FindExistingAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken) => ReadAsync(
        pools.Reader, Existing, reader => reader.GetInt64(0), cancellationToken, new NpgsqlParameter<long[]> { TypedValue = [.. eventIds] });

    public async Task<PlannedEvents> CountPlannedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            pools.General, Planned, reader => new PlannedEvents(reader.GetInt64(0), reader.GetInt64(1)), cancellationToken,
            Text(owner), Time(now));
        return rows[0];
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        PostgresPool pool, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        PostgresReading.TryAsync<IReadOnlyList<T>>(gate, "The lists cannot be read.", async () =>
        {
            await using var pooled = await pool.OpenAsync(cancellationToken);
            await using var command = pooled.Command(sql, parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
            return rows;
        });

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    private static NpgsqlParameter Time(DateTimeOffset? value) =>
        new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };
}
