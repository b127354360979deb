using NodaTime;
using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Events;

/// <summary>From what an organiser wrote to settings; collects every member that cannot be understood.</summary>
internal sealed class EventSettingsReader(EventBody body, DateTimeZone zone)
{
    private readonly List<Violation> broken = [];

    public static (EventSettings? Settings, IReadOnlyList<Violation> Broken) Read(EventBody body, string zoneName, bool stateZone)
    {
        if (EventTimes.ZoneOf(body.TimeZone ?? zoneName) is not { } zone) return (null, [new Violation("timeZone", Rules.Unknown)]);
        var reader = new EventSettingsReader(body, zone);
        var settings = reader.Read(stateZone ? zone.Id : body.TimeZone);
        return (settings, reader.broken);
    }

    private EventSettings Read(string? timeZone) => new()
    {
        Title = body.Title,
        Description = body.Description,
        Location = body.Location,
        StartsAt = Time("eventDate", body.EventDate),
        EndsAt = Time("endDate", body.EndDate),
        TimeZone = timeZone,
        Capacity = body.MaxCapacity,
        WaitlistEnabled = body.WaitlistEnabled,
        Visibility = body.Visibility,
        Seating = body.Seating?.Kind,
        Plan = body.Seating?.Plan is { } plan ? Plan(plan) : null,
        SalesFrom = Time("salesFrom", body.SalesFrom),
        SalesUntil = Time("salesUntil", body.SalesUntil),
        HoldSeconds = body.HoldSeconds,
        HoldSecondsAtMost = body.HoldSecondsAtMost,
        PlacesPerPerson = body.PlacesPerPerson,
        OfferSeconds = body.OfferSeconds,
        RespondSeconds = body.RespondSeconds,
        AutoPromote = body.AutoPromote,
        Orphans = body.Orphans,
        OvertakesAtMost = body.OvertakesAtMost,
        Reminders = body.Reminders?.Select((text, index) => Duration($"reminders[{index}]", text)).ToArray(),
        CoOrganisers = body.CoOrganisers,
        Helpers = body.Helpers,
        OfferClock = body.OfferClock,
        SkipUnreachable = body.SkipUnreachable,
        OffersUntil = Time("offersUntil", body.OffersUntil),
    };

    private DateTimeOffset? Time(string member, string? text)
    {
        if (text is null) return null;
        if (EventTimes.TryRead(text, zone, out var time)) return time;
        broken.Add(new Violation(member, Types.Time));
        return null;
    }

    private TimeSpan Duration(string member, string? text)
    {
        if (text is not null && EventTimes.TryReadDuration(text, out var duration)) return duration;
        broken.Add(new Violation(member, Types.Duration));
        return TimeSpan.Zero;
    }

    private SeatingPlan Plan(PlanBody plan)
    {
        if (plan.Sections is null) broken.Add(new Violation("seating.sections", Rules.Required));
        var read = new SeatingPlan([.. (plan.Sections ?? []).Select((section, index) => Section(section, $"seating.sections[{index}]"))]);
        // Gaps count: a plan of more positions could be made, and then not be written back.
        var positions = read.Sections.Sum(section => section.Capacity ?? section.Rows?.Sum(row => (long)row.Seats) ?? 0);
        if (positions > Limits.PositionsAtMost) broken.Add(new Violation("seating.sections", Rules.Range, 1, Limits.PositionsAtMost));
        return read;
    }

    private SectionPlan Section(SectionBody? section, string at)
    {
        if (section?.Id is null) broken.Add(new Violation($"{at}.id", Rules.Required));
        return new SectionPlan(
            section?.Id ?? "", section?.Name ?? section?.Id ?? "", section?.Category ?? "standard",
            section?.Rows?.Select((row, index) => Row(row, $"{at}.rows[{index}]")).ToArray(), section?.Capacity);
    }

    private RowPlan Row(RowBody? row, string at)
    {
        if (row?.Row is null) broken.Add(new Violation($"{at}.row", Rules.Required));
        if (row?.Seats is null) broken.Add(new Violation($"{at}.seats", Rules.Required));
        return new RowPlan(row?.Row ?? "", row?.Seats ?? 0, row?.First ?? 1, row?.Gaps ?? []);
    }
}
