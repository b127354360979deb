namespace Seats.Core;

/// <summary>What an organiser need not say.</summary>
internal static class SettingsDefaults
{
    public static EventSettings Fill(EventSettings given, DateTimeOffset now) => given with
    {
        Title = given.Title?.Trim(),
        Description = given.Description ?? "",
        Location = given.Location ?? "",
        EndsAt = given.EndsAt ?? given.StartsAt?.AddHours(Limits.EventHoursDefault),
        TimeZone = given.TimeZone ?? "UTC",
        WaitlistEnabled = given.WaitlistEnabled ?? true,
        Visibility = given.Visibility ?? Visibility.Public,
        Seating = given.Plan is not null ? SeatingKind.Plan : given.Seating ?? SeatingKind.Seats,
        SalesFrom = given.SalesFrom ?? now,
        HoldSeconds = given.HoldSeconds ?? Math.Min(Limits.HoldSecondsDefault, Math.Max(Limits.HoldSecondsAtLeast, given.HoldSecondsAtMost ?? int.MaxValue)),
        HoldSecondsAtMost = given.HoldSecondsAtMost ?? Math.Max(Limits.HoldSecondsHardCapDefault, given.HoldSeconds ?? 0),
        PlacesPerPerson = given.PlacesPerPerson ?? Limits.PlacesPerPersonDefault,
        OfferSeconds = given.OfferSeconds ?? Limits.OfferSecondsDefault,
        RespondSeconds = given.RespondSeconds ?? Limits.RespondSecondsDefault,
        AutoPromote = given.AutoPromote ?? false,
        Orphans = given.Orphans ?? OrphanRule.Allow,
        OvertakesAtMost = given.OvertakesAtMost ?? Limits.OvertakesDefault,
        Reminders = given.Reminders ?? [TimeSpan.FromHours(1)],
        CoOrganisers = given.CoOrganisers ?? [],
        Helpers = given.Helpers ?? [],
        OfferClock = given.OfferClock ?? OfferClock.Offered,
    };
}
