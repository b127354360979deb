namespace Seats.Core;

/// <summary>The settings of an event with every default filled in.</summary>
internal sealed class EventRules(EventSettings settings)
{
    public EventSettings Settings => settings;
    public DateTimeOffset StartsAt => settings.StartsAt!.Value;
    public DateTimeOffset EndsAt => settings.EndsAt!.Value;
    public DateTimeOffset SalesFrom => settings.SalesFrom!.Value;
    public DateTimeOffset SalesUntil => settings.SalesUntil ?? StartsAt;
    public DateTimeOffset OffersUntil => settings.OffersUntil ?? StartsAt;
    public TimeSpan HoldTime => TimeSpan.FromSeconds(settings.HoldSeconds!.Value);
    public TimeSpan HoldTimeAtMost => TimeSpan.FromSeconds(settings.HoldSecondsAtMost!.Value);
    public TimeSpan OfferTime => TimeSpan.FromSeconds(settings.OfferSeconds!.Value);

    /// <summary>How long free places are kept for a party in line: no longer than one person may hold them, or be offered them.</summary>
    public TimeSpan KeepTime => HoldTimeAtMost < OfferTime ? HoldTimeAtMost : OfferTime;
    public TimeSpan RespondTime => TimeSpan.FromSeconds(settings.RespondSeconds!.Value);

    /// <summary>Never more than there are; it grows back with the capacity.</summary>
    public int PlacesPerPerson => Math.Min(settings.PlacesPerPerson!.Value, settings.Capacity!.Value);
    public bool WaitlistEnabled => settings.WaitlistEnabled!.Value;
    public bool AutoPromote => settings.AutoPromote!.Value;
    public bool SkipsUnreachable => settings.SkipUnreachable ?? true;
    public bool RefusesOrphans => settings.Orphans == OrphanRule.Refuse;
    public int OvertakesAtMost => settings.OvertakesAtMost!.Value;
    public bool OffersAwaitMail => settings.OfferClock == OfferClock.MailAccepted;
    public IReadOnlyList<TimeSpan> Reminders => settings.Reminders ?? [];
    public bool IsUnlisted => settings.Visibility == Visibility.Unlisted;

    /// <summary>The settings with the members of a change put over them.</summary>
    public static EventSettings Merge(EventSettings old, EventSettings change) => new()
    {
        Title = change.Title ?? old.Title,
        Description = change.Description ?? old.Description,
        Location = change.Location ?? old.Location,
        StartsAt = change.StartsAt ?? old.StartsAt,
        EndsAt = change.EndsAt ?? old.EndsAt,
        TimeZone = change.TimeZone ?? old.TimeZone,
        Capacity = change.Capacity ?? old.Capacity,
        WaitlistEnabled = change.WaitlistEnabled ?? old.WaitlistEnabled,
        Visibility = change.Visibility ?? old.Visibility,
        Seating = change.Seating ?? old.Seating,
        Plan = null,
        SalesFrom = change.SalesFrom ?? old.SalesFrom,
        SalesUntil = change.SalesUntil ?? old.SalesUntil,
        HoldSeconds = change.HoldSeconds ?? old.HoldSeconds,
        HoldSecondsAtMost = change.HoldSecondsAtMost ?? old.HoldSecondsAtMost,
        PlacesPerPerson = change.PlacesPerPerson ?? old.PlacesPerPerson,
        OfferSeconds = change.OfferSeconds ?? old.OfferSeconds,
        RespondSeconds = change.RespondSeconds ?? old.RespondSeconds,
        AutoPromote = change.AutoPromote ?? old.AutoPromote,
        Orphans = change.Orphans ?? old.Orphans,
        OvertakesAtMost = change.OvertakesAtMost ?? old.OvertakesAtMost,
        Reminders = change.Reminders ?? old.Reminders,
        CoOrganisers = change.CoOrganisers ?? old.CoOrganisers,
        Helpers = change.Helpers ?? old.Helpers,
        OfferClock = change.OfferClock ?? old.OfferClock,
        OffersUntil = change.OffersUntil ?? old.OffersUntil,
        SkipUnreachable = change.SkipUnreachable ?? old.SkipUnreachable,
    };
}
