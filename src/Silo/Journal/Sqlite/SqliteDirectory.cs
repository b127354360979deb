using System.Text.Json;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Spelling;

namespace Seats.Silo.Journal;

/// <summary>Lists from the index tables in SQLite.</summary>
internal sealed class SqliteDirectory(SqliteDatabase database) : IEventDirectory
{
    private const string Events = $"""
        select event_id, starts_at from event_index e
        where ($1 is null or search like $1 escape '\')
          and ($2 is null or ends_at > $2) and ($3 is null or starts_at < $3)
          and ($4 is null and state <> 'CANCELLED' and ends_at > $5 or {StateOfEvents.Sql} = $4)
          and starts_at > $11
          and ($6 or visibility = 'PUBLIC' or exists (select 1 from event_organisers o where o.event_id = e.event_id and o.person_id = $7))
          and ($8 is null or (starts_at, event_id) > ($8, $9))
        order by starts_at, event_id limit $10
        """;

    private const string Invitations = """
        select event_id, number from invitation_index
        where (($1 is not null and person_id = $1) or ($2 is not null and email = $2 and ($1 is null or person_id is null)))
          and ($3 is null or (event_id, number) < ($3, $4))
        order by event_id desc, number desc limit $5
        """;

    // One parameter however many ids: SQLite bounds how many a statement may have.
    private const string Existing = "select event_id from heads where version > 0 and event_id in (select value from json_each($1))";

    private const string Planned =
        "select count(*), coalesce(sum(places), 0) from event_index where owner = $1 and ends_at > $2 and state <> 'CANCELLED'";

    public Task<IReadOnlyList<EventListing>> ListEventsAsync(EventFilter filter, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync<IReadOnlyList<EventListing>>(database, connection =>
        {
            using var command = SqliteReading.Command(connection, Events,
                filter.Text is null ? null : SearchPattern.Containing(filter.Text),
                SqliteDatabase.Text(filter.From), SqliteDatabase.Text(filter.Until), filter.State, SqliteDatabase.Text(filter.Now), filter.SeesAll, filter.Viewer,
                SqliteDatabase.Text(filter.After?.StartsAt), filter.After?.EventId, filter.Limit,
                SqliteDatabase.Text(filter.EarliestStart));
            return SqliteReading.Rows(command, row => new EventListing(row.GetInt64(0), SqliteDatabase.Time(row.GetString(1))));
        }, cancellationToken);

    public Task<IReadOnlyList<InvitationListing>> ListInvitationsAsync(InvitationFilter filter, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync<IReadOnlyList<InvitationListing>>(database, connection =>
        {
            using var command = SqliteReading.Command(connection, Invitations,
                filter.PersonId, filter.Email, filter.After?.EventId, filter.After?.Number, filter.Limit);
            return SqliteReading.Rows(command, row => new InvitationListing(row.GetInt64(0), row.GetInt32(1)));
        }, cancellationToken);

    public Task<IReadOnlyList<long>> FindExistingAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync<IReadOnlyList<long>>(database, connection =>
        {
            using var command = SqliteReading.Command(connection, Existing, JsonSerializer.Serialize(eventIds));
            return SqliteReading.Rows(command, row => row.GetInt64(0));
        }, cancellationToken);

    public Task<PlannedEvents> CountPlannedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync(database, connection =>
        {
            using var command = SqliteReading.Command(connection, Planned, owner, SqliteDatabase.Text(now));
            return SqliteReading.Rows(command, row => new PlannedEvents(row.GetInt64(0), row.GetInt64(1)))[0];
        }, cancellationToken);
}
