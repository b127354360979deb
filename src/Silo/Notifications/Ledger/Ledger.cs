using System.Data.Common;
using System.Globalization;
using System.Text;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Silo.Storage;
using Seats.Spelling;

namespace Seats.Silo.Notifications;

/// <summary>A message a mailer took from the ledger.</summary>
/// <param name="Rounds">Rounds of tries that ended in refusals.</param>
/// <param name="RefusedSince">When the first of them ended; null before that.</param>
/// <param name="IsReplayed">It was a dead letter, and is sent again.</param>
/// <param name="TakenAt">By the database's clock.</param>
internal sealed record ClaimedMessage(
    long Id, string Key, string Kind, string Body, int Attempts, int Rounds, DateTimeOffset? RefusedSince, bool IsReplayed,
    DateTimeOffset TakenAt);

/// <summary>What became of a message.</summary>
/// <param name="State">QUEUED, SENT, FAILED or DISCARDED.</param>
/// <param name="Attempts">Tries to add.</param>
/// <param name="IsRefused">A round of tries ended in a refusal.</param>
/// <param name="DelayMilliseconds">How long a queued one waits before its next try.</param>
/// <param name="Answer">The server's answer, or the reason.</param>
/// <param name="Unreported">Somebody must still be told: the event whose offer it was, or the topic of dead letters.</param>
internal sealed record Settlement(
    long Id, string State, int Attempts, bool IsRefused, long DelayMilliseconds, string? Answer, bool Unreported);

/// <summary>A settled message somebody must still be told of.</summary>
/// <param name="Tries">How often the report failed.</param>
internal sealed record UnreportedMessage(
    long Id, long EventId, string Key, string Kind, string State, string Body, int Attempts, string? Answer, DateTimeOffset At, int Tries);

/// <summary>
/// One row for each notification and recipient: it is what makes a mail go out once. Written before anything is sent, on the same database as
/// the journal; mailers take messages from it for a while, and say what became of them. All times are those of the database's clock.
/// </summary>
internal sealed class Ledger(SiloDatabase database, Preferences preferences)
{
    public const string Queued = "QUEUED";
    public const string Sent = "SENT";
    public const string Failed = "FAILED";

    /// <summary>Not sent, and nobody need see to it.</summary>
    public const string Discarded = "DISCARDED";

    /// <summary>Kind of a dead letter that was no notification.</summary>
    public const string Unreadable = "UNREADABLE";

    /// <summary>Kinds that this program can write a mail for: those that only a newer one knows are left to its mailers.</summary>
    private static readonly string KnownKinds = string.Join(", ", Enum.GetValues<NotificationKind>().Select(kind => $"'{kind.Name()}'"));

    private string Now => database.Now;

    private string Requeue => $"""
        update notifications set state = '{Queued}', counted = 0, refused_since = null, replayed = 1, due_at = {Now}, claimed_until = 0,
            settled_at = null, unreported = 0
        where state = 'FAILED' and kind <> '{Unreadable}'
        """;

    /// <summary>Adds what is new, to be sent; returns how many were. What is there already stays as it is.</summary>
    public async Task<int> EnqueueAsync(IReadOnlyList<Notification> notifications)
    {
        var added = 0;
        foreach (var chunk in notifications.Chunk(NotificationLimits.InBatchAtMost)) added += await AddAsync(chunk);
        return added;
    }

    private async Task<int> AddAsync(IReadOnlyList<Notification> chunk)
    {
        try
        {
            return await InsertAsync([.. (await preferences.ApplyAsync(chunk)).Select(item => RowOf(item.Notification, item.IsWanted))]);
        }
        catch (Exception refused) when (database.Refuses(refused) && chunk.Count > 1)
        {
            // One that the database will never take must not keep the others out.
            var added = 0;
            foreach (var notification in chunk) added += await AddAsync([notification]);
            return added;
        }
        catch (Exception refused) when (database.Refuses(refused))
        {
            var refusal = RefusedNotification.Of(chunk[0]);
            return await InsertAsync([new NewRow(
                chunk[0].Key, chunk[0].EventId, chunk[0].Version, Unreadable, "", "", refusal.ToJson(), "FAILED", refused.Message, 1, Urgency.Personal)]);
        }
    }

    private static NewRow RowOf(Notification item, bool isWanted) => new(
        item.Key, item.EventId, item.Version, item.Kind.Name(), FormOf(item.Recipient.Email),
        // What is about several invitations keeps the order of each of them.
        item.Data.Also is null ? item.Data.Invitation ?? "" : "",
        Encoding.UTF8.GetString(NotificationCodec.Encode(item)), isWanted ? Queued : Discarded,
        isWanted ? null : ReasonOf(item.OptionalAs()), 0, item.Kind.Urgency());

    private static string ReasonOf(OptionalMail? declined) => declined switch
    {
        OptionalMail.Invitations => "The recipient wants no invitations.",
        _ => "The recipient wants no reminders.",
    };

    private static string FormOf(string address) => EmailAddress.Comparable(address) ?? address;

    /// <summary>Adds a record that is no notification, as a dead letter that an administrator sees.</summary>
    /// <param name="eventId">The event it seems to be about; 0 where it does not say.</param>
    /// <param name="body">JSON of what is known of the record.</param>
    public Task AddPoisonAsync(string key, long eventId, string body, string reason) => InsertAsync(
        [new NewRow(key, eventId, 0, Unreadable, "", "", body, "FAILED", reason, 1, Urgency.Personal)]);

    /// <summary>
    /// Takes messages that are due, for as long as the lease lasts. One person hears of one invitation in the order in which it happened: a message waits
    /// for those of earlier versions about the same invitation or the whole event, and one about the whole event for all of them. Urgent ones come first.
    /// </summary>
    public async Task<List<ClaimedMessage>> ClaimAsync(string owner, int limit, TimeSpan lease)
    {
        var now = Now;
        var sql = $"""
            update notifications set claimed_by = @owner, claimed_until = {now} + @lease where id in (
                select id from notifications n
                where state = 'QUEUED' and due_at <= {now} and claimed_until < {now} and kind in ({KnownKinds})
                and not exists (
                    select 1 from notifications o where o.state = 'QUEUED' and o.recipient = n.recipient and o.event_id = n.event_id
                    and o.invitation in (n.invitation, '') and o.version < n.version)
                and (n.invitation <> '' or not exists (
                    select 1 from notifications o where o.state = 'QUEUED' and o.recipient = n.recipient and o.event_id = n.event_id and o.version < n.version))
                order by urgency, due_at, id limit @limit {database.SkipLocked})
            returning id, key, kind, body, attempts, counted, refused_since, replayed, {now}
            """;
        var messages = await database.ReadAsync(sql,
            row => new ClaimedMessage(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5),
                row.IsDBNull(6) ? null : Time(row.GetInt64(6)), row.GetInt16(7) == 1, Time(row.GetInt64(8))),
            ("owner", owner), ("lease", (long)lease.TotalMilliseconds), ("limit", limit));
        messages.Sort((one, other) => one.Id.CompareTo(other.Id));
        return messages;
    }

    /// <summary>Keeps messages for longer; returns those that are still the owner's.</summary>
    public Task<List<long>> RenewAsync(string owner, IReadOnlyCollection<long> ids, TimeSpan lease)
    {
        var now = Now;
        return database.ReadAsync(
            $"""
            update notifications set claimed_until = {now} + @lease
            where claimed_by = @owner and state = 'QUEUED' and claimed_until >= {now} and id in ({string.Join(',', ids)}) returning id
            """,
            row => row.GetInt64(0), ("owner", owner), ("lease", (long)lease.TotalMilliseconds));
    }

    /// <summary>Gives back everything an owner took and did not settle.</summary>
    /// <param name="owner">Null for whatever anybody took: when this process is alone.</param>
    public Task ReleaseAsync(string? owner) => owner is null
        ? database.ExecuteAsync("update notifications set claimed_until = 0 where state = 'QUEUED' and claimed_until > 0")
        : database.ExecuteAsync("update notifications set claimed_until = 0 where state = 'QUEUED' and claimed_by = @owner", ("owner", owner));

    /// <summary>Writes what became of messages. A mail that was accepted stays accepted, whatever anybody says later.</summary>
    public Task SettleAsync(IReadOnlyList<Settlement> settlements)
    {
        var (now, values) = (Now, new List<(string, object?)>());
        var rows = new StringBuilder();
        for (var index = 0; index < settlements.Count; index++)
        {
            var settled = settlements[index];
            if (index > 0) rows.Append(", ");
            rows.Append(CultureInfo.InvariantCulture, $"({settled.Id}, '{settled.State}', {settled.Attempts}, {(settled.IsRefused ? 1 : 0)},");
            rows.Append(CultureInfo.InvariantCulture, $" {settled.DelayMilliseconds}, {(settled.Unreported ? 1 : 0)}, @a{index})");
            values.Add(($"a{index}", settled.Answer ?? ""));
        }
        return database.ExecuteAsync($"""
            update notifications set state = column2, attempts = attempts + column3, counted = counted + column4, due_at = {now} + column5,
                unreported = column6, answer = column7, claimed_until = 0,
                refused_since = case when column4 = 1 then coalesce(refused_since, {now}) else refused_since end,
                settled_at = case when column2 = 'QUEUED' then null else {now} end
            from (values {rows}) as settled
            where id = column1 and (state = 'QUEUED' or column2 = 'SENT' and state = 'FAILED')
            """, [.. values]);
    }

    /// <summary>Settled messages that must still be reported to somebody, oldest first; those whose report failed come when their pause is over.</summary>
    /// <param name="settledBefore">Those of other mailers only when they are older: these had their chance.</param>
    public Task<List<UnreportedMessage>> ListUnreportedAsync(string owner, TimeSpan settledBefore, int limit) => database.ReadAsync(
        $"""
        select id, event_id, key, kind, state, body, attempts, answer, settled_at, report_tries from notifications
        where unreported = 1 and report_at <= {Now} and (claimed_by = @owner or claimed_by is null or settled_at < {Now} - @before)
        order by report_at, id limit @limit
        """,
        row => new UnreportedMessage(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt32(6), Text(row, 7),
            Time(row.GetInt64(8)), row.GetInt32(9)),
        ("owner", owner), ("before", (long)settledBefore.TotalMilliseconds), ("limit", limit));

    public Task ReportedAsync(IReadOnlyCollection<long> ids) =>
        database.ExecuteAsync($"update notifications set unreported = 0 where id in ({string.Join(',', ids)})");

    /// <summary>A report failed: it is tried again after a pause that doubles with each try.</summary>
    public Task PutReportOffAsync(long id, int tries)
    {
        var pause = Backoff.After(tries, TimeSpan.FromSeconds(1), NotificationLimits.LongestReportPause);
        return database.ExecuteAsync(
            $"update notifications set report_tries = report_tries + 1, report_at = {Now} + @pause where id = @id",
            ("pause", (long)pause.TotalMilliseconds), ("id", id));
    }

    /// <summary>How many wait to be sent, counted up to a bound.</summary>
    public async Task<long> CountQueuedAsync(int atMost) =>
        (await database.ReadAsync("select count(*) from (select 1 from notifications where state = 'QUEUED' limit @limit) as queued", row => row.GetInt64(0), ("limit", atMost)))[0];

    /// <summary>How many of a kind an event brought within a day.</summary>
    public async Task<long> CountInADayAsync(long eventId, NotificationKind kind) =>
        (await database.ReadAsync(
            $"""
            select count(*) from notifications
            where event_id = @event and kind = @kind and created_at > {Now} - {(long)TimeSpan.FromDays(1).TotalMilliseconds}
            """,
            row => row.GetInt64(0), ("event", eventId), ("kind", kind.Name())))[0];

    public async Task<long> CountFailedAsync() =>
        (await database.ReadAsync("select count(*) from notifications where state = 'FAILED'", row => row.GetInt64(0)))[0];

    /// <summary>What was or will be sent, newest first.</summary>
    public Task<List<NotificationView>> ListAsync(NotificationQuery query, int limit) => database.ReadAsync(
        $"""
        select id, key, kind, event_id, recipient, case when state = 'DISCARDED' then 'FAILED' else state end, attempts, settled_at, answer from notifications
        where recipient <> '' {Filter(query)} order by id desc limit @limit
        """,
        row => new NotificationView(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt32(6),
            row.GetString(5) == "SENT" && !row.IsDBNull(7) ? Time(row.GetInt64(7)) : null, Text(row, 8)),
        [.. Values(query), ("limit", limit)]);

    /// <summary>What failed for good, newest first.</summary>
    public Task<List<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit) => database.ReadAsync(
        $"""
        select id, key, kind, event_id, recipient, answer, attempts, settled_at, created_at from notifications
        where state = 'FAILED' {Filter(query)} order by id desc limit @limit
        """,
        row => new DeadLetterView(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), Text(row, 5) ?? "", row.GetInt32(6),
            Time(row.IsDBNull(7) ? row.GetInt64(8) : row.GetInt64(7))),
        [.. Values(query), ("limit", limit)]);

    /// <summary>Queues a dead letter again, with fresh tries.</summary>
    public async Task<ReplayOutcome> ReplayAsync(long id)
    {
        if (await database.ExecuteAsync($"{Requeue} and id = @id", ("id", id)) > 0) return ReplayOutcome.Queued;
        var unreadable = await database.ReadAsync($"select 1 from notifications where id = @id and state = 'FAILED' and kind = '{Unreadable}'", _ => true, ("id", id));
        return unreadable.Count > 0 ? ReplayOutcome.Unreadable : ReplayOutcome.NotFound;
    }

    /// <summary>Queues all dead letters that match again; returns how many.</summary>
    public Task<int> ReplayAllAsync(NotificationQuery query) => database.ExecuteAsync(Requeue + Filter(query), [.. Values(query)]);

    /// <summary>Takes a dead letter off the list. Its row stays, so that nobody sends it again, and whoever asks sees that it never arrived.</summary>
    public async Task<bool> DiscardAsync(long id) =>
        await database.ExecuteAsync($"update notifications set state = '{Discarded}', unreported = 0 where id = @id and state = 'FAILED'", ("id", id)) > 0;

    private Task<int> InsertAsync(IReadOnlyList<NewRow> rows)
    {
        var (now, values) = (Now, new List<(string, object?)>(rows.Count * 6));
        var sql = new StringBuilder("""
            insert into notifications
                (key, event_id, version, kind, recipient, invitation, body, state, due_at, created_at, settled_at, answer, unreported, urgency)
            values
            """);
        for (var index = 0; index < rows.Count; index++)
        {
            var row = rows[index];
            if (index > 0) sql.Append(", ");
            sql.Append(CultureInfo.InvariantCulture, $" (@k{index}, {row.EventId}, {row.Version}, '{row.Kind}', @r{index}, @i{index}, @b{index},");
            sql.Append(CultureInfo.InvariantCulture, $" '{row.State}', {now}, {now}, {(row.State == Queued ? "null" : now)},");
            sql.Append(CultureInfo.InvariantCulture, $" {(row.Answer is null ? "null" : $"@a{index}")}, {row.Unreported}, {(int)row.Urgency})");
            values.Add(($"k{index}", row.Key));
            values.Add(($"r{index}", row.Recipient));
            values.Add(($"i{index}", row.Invitation));
            values.Add(($"b{index}", row.Body));
            if (row.Answer is not null) values.Add(($"a{index}", row.Answer));
        }
        return database.ExecuteAsync(sql.Append(" on conflict (key) do nothing").ToString(), [.. values]);
    }

    private static string Filter(NotificationQuery query) =>
        (query.Recipient is null ? "" : " and recipient = @recipient")
        + (query.EventId is null ? "" : " and event_id = @event")
        + (query.Kind is null ? "" : " and kind = @kind")
        + (query.Before is null ? "" : " and id < @before");

    private static IEnumerable<(string, object?)> Values(NotificationQuery query)
    {
        if (query.Recipient is { } recipient) yield return ("recipient", FormOf(recipient));
        if (query.EventId is { } eventId) yield return ("event", eventId);
        if (query.Kind is { } kind) yield return ("kind", kind);
        if (query.Before is { } before) yield return ("before", before);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record NewRow(
        string Key, long EventId, long Version, string Kind, string Recipient, string Invitation, string Body, string State, string? Answer,
        int Unreported, Urgency Urgency);
}
