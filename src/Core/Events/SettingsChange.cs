using Seats.TimeZones;

namespace Seats.Core;

/// <summary>The members of a change that differ from what is; the plan is not among them.</summary>
internal static class SettingsChange
{
    /// <summary>Of times that are not given, those that follow another one, or another zone, are changed too.</summary>
    public static EventSettings Of(EventSettings old, EventSettings given, DateTimeOffset now)
    {
        var startsAt = Changed(old.StartsAt, given.StartsAt ?? Follow(old.StartsAt));
        // An event that moves keeps its length, unless told otherwise; one whose zone changes ends when clocks show what they were to show.
        var endsAt = given.EndsAt ?? (given.StartsAt is null ? Follow(old.EndsAt)
            : startsAt is { } start ? start + (old.EndsAt!.Value - old.StartsAt!.Value) : null);
        return new EventSettings
        {
            Title = Changed(old.Title, given.Title?.Trim()),
            Description = Changed(old.Description, given.Description),
            Location = Changed(old.Location, given.Location),
            StartsAt = startsAt,
            EndsAt = Changed(old.EndsAt, endsAt),
            TimeZone = Changed(old.TimeZone, given.TimeZone),
            WaitlistEnabled = Changed(old.WaitlistEnabled, given.WaitlistEnabled),
            Visibility = Changed(old.Visibility, given.Visibility),
            SalesFrom = Changed(old.SalesFrom, given.SalesFrom ?? Follow(old.SalesFrom)),
            // What is sent back as it was read stays what it was: sales that close at the start.
            SalesUntil = Changed(old.SalesUntil ?? old.StartsAt, given.SalesUntil ?? Follow(old.SalesUntil)),
            HoldSeconds = Changed(old.HoldSeconds, given.HoldSeconds),
            HoldSecondsAtMost = Changed(old.HoldSecondsAtMost, given.HoldSecondsAtMost),
            PlacesPerPerson = Changed(old.PlacesPerPerson, given.PlacesPerPerson),
            OfferSeconds = Changed(old.OfferSeconds, given.OfferSeconds),
            RespondSeconds = Changed(old.RespondSeconds, given.RespondSeconds),
            AutoPromote = Changed(old.AutoPromote, given.AutoPromote),
            Orphans = Changed(old.Orphans, given.Orphans),
            OvertakesAtMost = Changed(old.OvertakesAtMost, given.OvertakesAtMost),
            Reminders = ChangedList(old.Reminders, given.Reminders),
            CoOrganisers = ChangedList(old.CoOrganisers, given.CoOrganisers),
            Helpers = ChangedList(old.Helpers, given.Helpers),
            OfferClock = Changed(old.OfferClock, given.OfferClock),
            OffersUntil = Changed(old.OffersUntil ?? old.StartsAt, given.OffersUntil ?? Follow(old.OffersUntil)),
            SkipUnreachable = Changed(old.SkipUnreachable ?? true, given.SkipUnreachable),
            Seating = Changed(old.Seating, given.Plan is not null ? SeatingKind.Plan : given.Seating),
        };

        // People read times in the event's zone: another zone leaves what they read, and moves the moment. What has passed stays what it
        // was, and so does everything once the event has begun.
        DateTimeOffset? Follow(DateTimeOffset? time) =>
            given.TimeZone is { } zone && zone != old.TimeZone && old.StartsAt > now && time > now
                ? ZoneRules.SameReading(time.Value, old.TimeZone!, zone)
                : null;
    }

    private static T? Changed<T>(T? old, T? given) where T : class => given is null || given.Equals(old) ? null : given;

    private static T? Changed<T>(T? old, T? given) where T : struct => given is null || given.Equals(old) ? null : given;

    private static IReadOnlyList<T>? ChangedList<T>(IReadOnlyList<T>? old, IReadOnlyList<T>? given) =>
        given is null || given.SequenceEqual(old ?? []) ? null : given;
}
