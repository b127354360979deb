using Seats.Core;

namespace Seats.Api.Events;

/// <summary>An event with its effective settings, and where its places are.</summary>
internal sealed record EventAnswer
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required EventStatus State { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required string Location { get; init; }
    public required DateTimeOffset EventDate { get; init; }
    public required DateTimeOffset EndDate { get; init; }
    public required string TimeZone { get; init; }
    public required int MaxCapacity { get; init; }
    public required bool WaitlistEnabled { get; init; }
    public required Visibility Visibility { get; init; }
    public required SeatingBody Seating { get; init; }
    public required DateTimeOffset SalesFrom { get; init; }
    public required DateTimeOffset SalesUntil { get; init; }
    public required int HoldSeconds { get; init; }
    public required int HoldSecondsAtMost { get; init; }
    public required int PlacesPerPerson { get; init; }
    public required int OfferSeconds { get; init; }
    public required int RespondSeconds { get; init; }
    public required bool AutoPromote { get; init; }
    public required OrphanRule Orphans { get; init; }
    public required int OvertakesAtMost { get; init; }
    public required IReadOnlyList<string> Reminders { get; init; }
    public required string Owner { get; init; }
    public required IReadOnlyList<string> CoOrganisers { get; init; }
    public required IReadOnlyList<string> Helpers { get; init; }
    public required OfferClock OfferClock { get; init; }
    public required DateTimeOffset OffersUntil { get; init; }
    public required bool SkipUnreachable { get; init; }
    public required IReadOnlyList<SectionCountBody> Sections { get; init; }
    public required PlacesBody Places { get; init; }

    public static EventAnswer Of(EventView view)
    {
        var settings = view.Settings;
        var zone = settings.TimeZone!;
        return new EventAnswer
        {
            Id = view.Id,
            Version = view.Version,
            State = view.State,
            Title = settings.Title!,
            Description = settings.Description!,
            Location = settings.Location!,
            EventDate = settings.StartsAt!.Value.In(zone),
            EndDate = settings.EndsAt!.Value.In(zone),
            TimeZone = zone,
            MaxCapacity = settings.Capacity!.Value,
            WaitlistEnabled = settings.WaitlistEnabled!.Value,
            Visibility = settings.Visibility!.Value,
            Seating = new SeatingBody(settings.Seating!.Value, settings.Plan is { } plan ? ToBody(plan) : null),
            SalesFrom = settings.SalesFrom!.Value.In(zone),
            SalesUntil = settings.SalesUntil!.Value.In(zone),
            HoldSeconds = settings.HoldSeconds!.Value,
            HoldSecondsAtMost = settings.HoldSecondsAtMost!.Value,
            PlacesPerPerson = settings.PlacesPerPerson!.Value,
            OfferSeconds = settings.OfferSeconds!.Value,
            RespondSeconds = settings.RespondSeconds!.Value,
            AutoPromote = settings.AutoPromote!.Value,
            Orphans = settings.Orphans!.Value,
            OvertakesAtMost = settings.OvertakesAtMost!.Value,
            Reminders = [.. settings.Reminders!.Select(EventTimes.Write)],
            Owner = view.Owner,
            CoOrganisers = settings.CoOrganisers!,
            Helpers = settings.Helpers!,
            OfferClock = settings.OfferClock ?? OfferClock.Offered,
            SkipUnreachable = settings.SkipUnreachable ?? true,
            OffersUntil = (settings.OffersUntil ?? settings.StartsAt.Value).In(zone),
            Sections = [.. view.Sections.Select(section => new SectionCountBody(section.Id, section.Name, section.Category, section.Free, section.Total))],
            Places = PlacesBody.Of(view.Places),
        };
    }

    private static PlanBody ToBody(SeatingPlan plan) => new([.. plan.Sections.Select(section => new SectionBody(
        section.Id, section.Name, section.Category,
        section.Rows?.Select(row => new RowBody { Row = row.Row, Seats = row.Seats, First = row.First, Gaps = row.Gaps.Count == 0 ? null : row.Gaps }).ToArray(),
        section.Capacity))]);
}

internal sealed record SectionCountBody(string Id, string Name, string Category, int Free, int Total);

internal sealed record PlacesBody(int Total, int Free, int Held, int Offered, int Invited, int Confirmed, int Blocked, int Waiting)
{
    public static PlacesBody Of(PlaceCounts counts) =>
        new(counts.Total, counts.Free, counts.Held, counts.Offered, counts.Invited, counts.Confirmed, counts.Blocked, counts.Waiting);
}
