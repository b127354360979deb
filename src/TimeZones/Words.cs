using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>Dates, durations and counts as people read them, in the language of who reads them. The machine's own culture plays no part.</summary>
public abstract class Words
{
    /// <summary>English, or French for <c>fr</c>.</summary>
    public static Words For(string locale) => locale == "fr" ? French.Instance : English.Instance;

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

    public abstract string Duration(int seconds);

    public abstract string Places(int count);

    protected abstract string Moment(LocalDateTime local);

    protected abstract string Time(LocalDateTime local);

    protected abstract string Month(int month);

    protected abstract string ShortMonth(int month);

    /// <summary>What stands between a label and its value.</summary>
    public abstract string Colon { get; }

    /// <summary>Seconds as the largest whole unit, and its name.</summary>
    protected static string Count(int seconds, params ReadOnlySpan<(int Seconds, string One, string Many)> units)
    {
        foreach (var (length, one, many) in units)
            if (seconds >= length && seconds % length == 0 || length == 1) return seconds / length == 1 ? $"1 {one}" : $"{seconds / length} {many}";
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
        public override string Places(int count) => count == 1 ? "1 place" : $"{count} places";
        protected override string Moment(LocalDateTime local) => $"{local.DayOfWeek} {local.Day} {Month(local.Month)} {local.Year}, {Time(local)}";
        protected override string Time(LocalDateTime local) => $"{local.Hour:00}:{local.Minute:00}";
        protected override string Month(int month) => Months[month - 1];
        protected override string ShortMonth(int month) => Months[month - 1][..3].ToUpperInvariant();
        public override string Colon => ":";
    }

    private sealed class French : Words
    {
        private static readonly string[] Months =
            ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

        private static readonly string[] ShortMonths = ["JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC"];

        private static readonly string[] Days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

        public static French Instance { get; } = new();
        public override string Locale => "fr";
        public override string Duration(int seconds) =>
            Count(seconds, (86_400, "jour", "jours"), (3_600, "heure", "heures"), (60, "minute", "minutes"), (1, "seconde", "secondes"));
        public override string Places(int count) => count == 1 ? "1 place" : $"{count} places";
        protected override string Moment(LocalDateTime local) =>
            $"{Days[(int)local.DayOfWeek - 1]} {(local.Day == 1 ? "1er" : local.Day)} {Month(local.Month)} {local.Year} à {Time(local)}";
        protected override string Time(LocalDateTime local) => $"{local.Hour}\u00a0h\u00a0{local.Minute:00}";
        protected override string Month(int month) => Months[month - 1];
        protected override string ShortMonth(int month) => ShortMonths[month - 1];
        public override string Colon => " :";
    }
}
