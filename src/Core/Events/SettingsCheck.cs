using Seats.Spelling;

namespace Seats.Core;

/// <summary>The rules every setting obeys; all that are broken are told at once.</summary>
internal static class SettingsCheck
{
    /// <param name="given">As the organiser wrote it.</param>
    /// <param name="settings">With defaults filled in.</param>
    public static List<Violation> ForNew(EventSettings given, EventSettings settings, DateTimeOffset now)
    {
        var broken = new List<Violation>();
        if (string.IsNullOrWhiteSpace(given.Title)) broken.Add(new Violation("title", Rules.Required));
        if (given.StartsAt is null) broken.Add(new Violation("eventDate", Rules.Required));
        else if (given.StartsAt < now) broken.Add(new Violation("eventDate", Rules.Past));
        if (given.Plan is null && given.Capacity is null) broken.Add(new Violation("maxCapacity", Rules.Required));
        // A default is never the organiser's mistake.
        Texts(broken, given);
        Check(broken, settings with { SalesFrom = given.SalesFrom });
        return broken;
    }

    /// <param name="change">Only what differs.</param>
    /// <param name="settings">As they would be.</param>
    public static List<Violation> ForChange(EventSettings change, EventSettings settings, DateTimeOffset now)
    {
        var broken = new List<Violation>();
        if (change.Title is not null && change.Title.Length == 0) broken.Add(new Violation("title", Rules.Required));
        if (change.StartsAt < now) broken.Add(new Violation("eventDate", Rules.Past));
        // An end that only follows the start is not another mistake.
        else if (change.EndsAt < now) broken.Add(new Violation("endDate", Rules.Past));
        // Texts that an earlier program took stay as they are until they change.
        Texts(broken, change);
        Check(broken, settings);
        return broken;
    }

    private static void Texts(List<Violation> broken, EventSettings s)
    {
        Text(broken, "title", s.Title, Limits.TitleCharsAtMost, charsAtLeast: 1);
        Text(broken, "description", s.Description, Limits.DescriptionCharsAtMost, manyLines: true);
        Text(broken, "location", s.Location, Limits.LocationCharsAtMost);
    }

    private static void Check(List<Violation> broken, EventSettings s)
    {
        Range(broken, "maxCapacity", s.Capacity, Limits.CapacityAtLeast, Limits.CapacityAtMost);
        Range(broken, "holdSeconds", s.HoldSeconds, Limits.HoldSecondsAtLeast, Limits.HoldSecondsAtMost);
        Range(broken, "holdSecondsAtMost", s.HoldSecondsAtMost, s.HoldSeconds ?? Limits.HoldSecondsAtLeast, Limits.HoldSecondsHardCapAtMost);
        Range(broken, "placesPerPerson", s.PlacesPerPerson, 1, Limits.CapacityAtMost);
        Range(broken, "offerSeconds", s.OfferSeconds, Limits.OfferSecondsAtLeast, Limits.OfferSecondsAtMost);
        Range(broken, "respondSeconds", s.RespondSeconds, Limits.RespondSecondsAtLeast, Limits.RespondSecondsAtMost);
        Range(broken, "overtakesAtMost", s.OvertakesAtMost, 0, Limits.OvertakesAtMost);
        Dates(broken, s);
        People(broken, "coOrganisers", s.CoOrganisers, Limits.CoOrganisersAtMost);
        People(broken, "helpers", s.Helpers, Limits.HelpersAtMost);
        Reminders(broken, s.Reminders ?? []);
    }

    private static void Dates(List<Violation> broken, EventSettings s)
    {
        if (s.StartsAt is not { } start || s.EndsAt is not { } end) return;
        if (end <= start) broken.Add(new Violation("endDate", Rules.Order));
        else if (end - start > TimeSpan.FromDays(Limits.EventDaysAtMost)) broken.Add(new Violation("endDate", Rules.DaysAtMost, null, Limits.EventDaysAtMost));
        if (s.SalesUntil is { } until && until > end) broken.Add(new Violation("salesUntil", Rules.Order));
        else if (s.SalesFrom >= (s.SalesUntil ?? start)) broken.Add(new Violation("salesFrom", Rules.Order));
        if (s.OffersUntil > end) broken.Add(new Violation("offersUntil", Rules.Order));
    }

    private static void Text(List<Violation> broken, string member, string? text, int charsAtMost, int charsAtLeast = 0, bool manyLines = false)
    {
        if (text is null) return;
        // Characters as people count them: an emoji is one.
        if (text.EnumerateRunes().Count() > charsAtMost) broken.Add(new Violation(member, Rules.Length, charsAtLeast, charsAtMost));
        if (text.Any(letter => char.IsControl(letter) && !(manyLines && letter is '\n' or '\r' or '\t')) || Surrogates.HasLone(text)
            || DirectionControls.AreIn(text))
            broken.Add(new Violation(member, Rules.Characters));
    }

    private static void Range(List<Violation> broken, string member, int? value, int atLeast, int atMost)
    {
        if (value < atLeast || value > atMost) broken.Add(new Violation(member, Rules.Range, atLeast, atMost));
    }

    private static void People(List<Violation> broken, string member, IReadOnlyList<string>? ids, int atMost)
    {
        if (ids is null) return;
        if (ids.Count > atMost) broken.Add(new Violation(member, Rules.Count, 0, atMost));
        if (ids.Any(id => string.IsNullOrWhiteSpace(id) || id.Length > Limits.PersonIdCharsAtMost || id.Any(char.IsControl)))
            broken.Add(new Violation(member, Rules.Characters));
        else if (ids.Distinct().Count() != ids.Count) broken.Add(new Violation(member, Rules.Duplicate));
    }

    private static void Reminders(List<Violation> broken, IReadOnlyList<TimeSpan> reminders)
    {
        if (reminders.Count > Limits.RemindersAtMost) broken.Add(new Violation("reminders", Rules.Count, 0, Limits.RemindersAtMost));
        if (reminders.Any(before => before <= TimeSpan.Zero || before > TimeSpan.FromDays(Limits.ReminderDaysAtMost)))
            broken.Add(new Violation("reminders", Rules.DaysAtMost, null, Limits.ReminderDaysAtMost));
        if (reminders.Distinct().Count() != reminders.Count) broken.Add(new Violation("reminders", Rules.Duplicate));
    }
}
