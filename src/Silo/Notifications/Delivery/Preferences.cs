using Seats.Core.Notifications;
using Seats.Silo.Storage;
using Seats.Spelling;

namespace Seats.Silo.Notifications;

/// <summary>How people want to be written to: in the language they chose last, and nothing that they declined.</summary>
internal sealed class Preferences(SiloDatabase database, TimeProvider time)
{
    /// <summary>From now on a person is written to in this language, whatever they registered in.</summary>
    /// <param name="email">The person's proved address: who was invited by it is the same reader. Null for none.</param>
    public async Task SetLanguageAsync(string personId, string locale, string? email)
    {
        await database.ExecuteAsync(
            """
            insert into languages (person_id, locale) values (@person, @locale)
            on conflict (person_id) do update set locale = excluded.locale
            """,
            ("person", personId), ("locale", locale));
        if (email is not null)
            await database.ExecuteAsync(
                """
                insert into languages_of_addresses (recipient, locale) values (@recipient, @locale)
                on conflict (recipient) do update set locale = excluded.locale
                """,
                ("recipient", FormOf(email)), ("locale", locale));
    }

    /// <summary>An address does not want such mails any more.</summary>
    public Task UnsubscribeAsync(string recipient, OptionalMail what) => database.ExecuteAsync(
        $"insert into {TableOf(what)} (recipient, at) values (@recipient, @now) on conflict (recipient) do nothing",
        ("recipient", FormOf(recipient)), ("now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Notifications as their recipients want them, and whether they want them at all.</summary>
    public async Task<IReadOnlyList<(Notification Notification, bool IsWanted)>> ApplyAsync(IReadOnlyList<Notification> notifications)
    {
        var ofPeople = await LanguagesAsync(
            "languages", "person_id", [.. notifications.Select(item => item.Recipient.PersonId).OfType<string>().Distinct()]);
        var ofAddresses = await LanguagesAsync(
            "languages_of_addresses", "recipient", [.. notifications.Select(item => FormOf(item.Recipient.Email)).Distinct()]);
        var unwanted = new Dictionary<OptionalMail, HashSet<string>>();
        foreach (var what in Enum.GetValues<OptionalMail>()) unwanted[what] = await UnsubscribedAsync(what, notifications);
        return [.. notifications.Select(item => (
            LanguageOf(item.Recipient) is { } locale ? item with { Recipient = item.Recipient with { Locale = locale } } : item,
            item.OptionalAs() is not { } what || !FormsOf(item.Recipient.Email).Any(unwanted[what].Contains)))];

        string? LanguageOf(Recipient recipient) =>
            recipient.PersonId is { } person && ofPeople.TryGetValue(person, out var own) ? own
            : ofAddresses.GetValueOrDefault(FormOf(recipient.Email));
    }

    private static string FormOf(string address) => EmailAddress.Comparable(address) ?? address;

    /// <summary>An earlier program kept domains in their own letters.</summary>
    private static string[] FormsOf(string address) => [FormOf(address), EmailAddress.ToShow(FormOf(address))];

    private static string TableOf(OptionalMail what) => what switch
    {
        OptionalMail.Reminders => "unsubscribed",
        OptionalMail.Invitations => "unwanted_invitations",
    };

    private async Task<Dictionary<string, string>> LanguagesAsync(string table, string column, string[] whose)
    {
        if (whose.Length == 0) return [];
        var (names, values) = Parameters(whose);
        var rows = await database.ReadAsync(
            $"select {column}, locale from {table} where {column} in ({names})", row => (row.GetString(0), row.GetString(1)), values);
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }

    private async Task<HashSet<string>> UnsubscribedAsync(OptionalMail what, IReadOnlyList<Notification> notifications)
    {
        var concerned = notifications.Where(item => item.OptionalAs() == what);
        var addresses = concerned.SelectMany(item => FormsOf(item.Recipient.Email)).Distinct().ToArray();
        if (addresses.Length == 0) return [];
        var (names, values) = Parameters(addresses);
        var sql = $"select recipient from {TableOf(what)} where recipient in ({names})";
        return [.. await database.ReadAsync(sql, row => row.GetString(0), values)];
    }

    private static (string Names, (string, object?)[] Values) Parameters(string[] values) =>
        (string.Join(", ", values.Select((_, index) => $"@p{index}")), [.. values.Select((value, index) => ($"p{index}", (object?)value))]);
}
