using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>
/// Dates, durations and counts as people read them, in the language of who reads them. The machine's own culture plays no part.
/// </summary>
public abstract class Words
{
    /// <summary>English, or French for <c>fr</c>.</summary>
    public static Words For(string locale) => locale == "fr" ? French.Instance : English.Instance;

    // From here on the name of a day says less than how many days are left.
    private const int DaysOfAWeek = 7;

    // Two neighbours are named both.
    private const int RunAtLeast = 3;

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public abstract string Locale { get; }

    /// <summary>A day and a time in a zone, the zone named.</summary>
    public string Moment(DateTimeOffset time, string zone) => $"{Moment(In(time, zone))} ({zone})";

    /// <summary>From when to when; the end's day is left out when it is the same.</summary>
    public string Span(DateTimeOffset start, DateTimeOffset end, string zone)
    {
        var (from, to) = (In(start, zone), In(end, zone));
        return from.Date == to.Date ? $"{Moment(from)} – {Time(to)} ({zone})" : $"{Moment(from)} – {Moment(to)} ({zone})";
    }

    /// <summary>A day as on a calendar leaf.</summary>
    public (string Day, string Month) Leaf(DateTimeOffset time, string zone)
    {
        var local = In(time, zone);
        return (local.Day.ToString(), ShortMonth(local.Month));
    }

    /// <summary>A day in a sentence; its year is left out when it is the present one.</summary>
    /// <param name="now">When it is read.</param>
    public string Day(DateTimeOffset time, DateTimeOffset now, string zone) => Day(In(time, zone), In(now, zone));

    /// <summary>Until when something must be done, the zone named: <c>by Monday 30 November at 14:00 (Europe/Paris)</c>.</summary>
    public string By(DateTimeOffset time, DateTimeOffset now, string zone)
    {
        var local = In(time, zone);
        return $"{By(Day(local, In(now, zone)), Time(local))} ({zone})";
    }

    /// <summary>Until when something holds, in few words: the time alone when it is on the present day.</summary>
    public string Until(DateTimeOffset time, DateTimeOffset now, string zone)
    {
        var (local, present) = (In(time, zone), In(now, zone));
        return Until(local.Date == present.Date ? null : Day(local, present), Time(local));
    }

    /// <summary>
    /// When something begins, as people say it while it comes nearer: <c>in 12 days</c>, <c>on Monday 30 November</c>,
    /// <c>tomorrow at 20:30</c>.
    /// </summary>
    public string Coming(DateTimeOffset time, DateTimeOffset now, string zone)
    {
        var (local, present) = (In(time, zone), In(now, zone));
        return DaysUntil(time, now, zone) switch
        {
            0 => Today(Time(local)),
            1 => Tomorrow(Time(local)),
            >= DaysOfAWeek and var days => InDays(days),
            _ => On(Day(local, present)),
        };
    }

    /// <summary>Days of the calendar between two moments.</summary>
    public static int DaysUntil(DateTimeOffset time, DateTimeOffset now, string zone) =>
        Period.DaysBetween(In(now, zone).Date, In(time, zone).Date);

    /// <summary>Begins with a capital letter, as a sentence does.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public abstract string Duration(int seconds);

    /// <summary>How long there is to do something.</summary>
    public abstract string Within(int seconds);

    public abstract string Places(int count);

    /// <summary><c>1, 2 and 3</c>.</summary>
    private string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} {And} {items[^1]}";

    /// <summary>Seats of a row: <c>seats 5 to 8 and 10</c>.</summary>
    public string Seats(IReadOnlyList<int> numbers)
    {
        List<string> runs = [];
        for (var first = 0; first < numbers.Count;)
        {
            var last = first;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1) last++;
            if (last - first >= RunAtLeast - 1) runs.Add($"{numbers[first]} {To} {numbers[last]}");
            else runs.AddRange(numbers.Skip(first).Take(last - first + 1).Select(number => number.ToString()));
            first = last + 1;
        }
        return $"{SeatOrSeats(numbers.Count)} {List(runs)}";
    }

    /// <summary>What stands before the name of a row.</summary>
    public abstract string Row { get; }

    protected abstract string And { get; }

    protected abstract string To { get; }

    protected abstract string SeatOrSeats(int count);

    protected abstract string By(string day, string time);

    /// <param name="day">Null for the present one.</param>
    protected abstract string Until(string? day, string time);

    protected abstract string Today(string time);

    protected abstract string Tomorrow(string time);

    protected abstract string On(string day);

    protected abstract string InDays(int days);

    protected abstract string DayAndMonth(LocalDateTime local);

    protected abstract string Moment(LocalDateTime local);

    protected abstract string Time(LocalDateTime local);

    protected abstract string Month(int month);

    protected abstract string ShortMonth(int month);

    /// <summary>What stands between a label and its value.</summary>
    public abstract string Colon { get; }

    /// <summary>What stands behind an item of a list whose items have commas.</summary>
    public abstract string Semicolon { get; }

    private string Day(LocalDateTime local, LocalDateTime present) =>
        local.Year == present.Year ? DayAndMonth(local) : $"{DayAndMonth(local)} {local.Year}";

    /// <summary>Seconds as the largest whole unit, and its name.</summary>
    protected static string Count(int seconds, params ReadOnlySpan<(int Seconds, string One, string Many)> units)
    {
        foreach (var (length, one, many) in units)
            if (seconds >= length && seconds % length == 0 || length == 1)
                return seconds / length == 1 ? $"1 {one}" : $"{seconds / length} {many}";
        return "";
    }

    private static LocalDateTime In(DateTimeOffset time, string zone)
    {
        var known = ZoneRules.Find(zone) ?? throw new DateTimeZoneNotFoundException(zone);
        return Instant.FromDateTimeOffset(time).InZone(known).LocalDateTime;
    }

    private sealed class English : Words
    {
        private static readonly string[] Months =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

        public static English Instance { get; } = new();
        public override string Locale => "en";
        public override string Duration(int seconds) =>
            Count(seconds, (86_400, "day", "days"), (3_600, "hour", "hours"), (60, "minute", "minutes"), (1, "second", "seconds"));
        public override string Within(int seconds) => $"within {Duration(seconds)}";
        public override string Places(int count) => count == 1 ? "1 place" : $"{count} places";
        public override string Row => "row";
        protected override string And => "and";
        protected override string To => "to";
        protected override string SeatOrSeats(int count) => count == 1 ? "seat" : "seats";
        protected override string By(string day, string time) => $"by {day} at {time}";
        protected override string Until(string? day, string time) => day is null ? $"until {time}" : $"until {day}, {time}";
        protected override string Today(string time) => $"today at {time}";
        protected override string Tomorrow(string time) => $"tomorrow at {time}";
        protected override string On(string day) => $"on {day}";
        protected override string InDays(int days) => $"in {days} days";
        protected override string DayAndMonth(LocalDateTime local) => $"{local.DayOfWeek} {local.Day} {Month(local.Month)}";
        protected override string Moment(LocalDateTime local) => $"{DayAndMonth(local)} {local.Year}, {Time(local)}";
        protected override string Time(LocalDateTime local) => $"{local.Hour:00}:{local.Minute:00}";
        protected override string Month(int month) => Months[month - 1];
        protected override string ShortMonth(int month) => Months[month - 1][..3].ToUpperInvariant();
        public override string Colon => ":";
        public override string Semicolon => ";";
    }

    private sealed class French : Words
    {
        private static readonly string[] Months =
            ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

        private static readonly string[] ShortMonths =
            ["JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC"];

        private static readonly string[] Days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

        public static French Instance { get; } = new();
        public override string Locale => "fr";
        public override string Duration(int seconds) =>
            Count(seconds, (86_400, "jour", "jours"), (3_600, "heure", "heures"), (60, "minute", "minutes"), (1, "seconde", "secondes"));
        public override string Within(int seconds) => Duration(seconds) switch
        {
            "1 heure" => "dans un délai d’une heure",
            "1 minute" => "dans un délai d’une minute",
            "1 seconde" => "dans un délai d’une seconde",
            "1 jour" => "dans un délai d’un jour",
            var duration => $"dans un délai de {duration}",
        };
        public override string Places(int count) => count == 1 ? "1 place" : $"{count} places";
        public override string Row => "rang";
        protected override string And => "et";
        protected override string To => "à";
        protected override string SeatOrSeats(int count) => count == 1 ? "place" : "places";
        protected override string By(string day, string time) => $"avant le {day} à {time}";
        protected override string Until(string? day, string time) => day is null ? $"jusqu’à {time}" : $"jusqu’au {day} à {time}";
        protected override string Today(string time) => $"aujourd’hui à {time}";
        protected override string Tomorrow(string time) => $"demain à {time}";
        protected override string On(string day) => day;
        protected override string InDays(int days) => $"dans {days} jours";
        protected override string DayAndMonth(LocalDateTime local) =>
            $"{Days[(int)local.DayOfWeek - 1]} {(local.Day == 1 ? "1er" : local.Day)} {Month(local.Month)}";
        protected override string Moment(LocalDateTime local) => $"{DayAndMonth(local)} {local.Year} à {Time(local)}";
        protected override string Time(LocalDateTime local) => $"{local.Hour}\u00a0h\u00a0{local.Minute:00}";
        protected override string Month(int month) => Months[month - 1];
        protected override string ShortMonth(int month) => ShortMonths[month - 1];
        public override string Colon => "\u00a0:";
        public override string Semicolon => "\u00a0;";
    }
}
