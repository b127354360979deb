using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Events;

/// <summary>
/// Bounds how much one person plans: <c>Limits:EventsPerPerson</c> and <c>Limits:PlacesPlannedPerPerson</c>, over the events they own that
/// are neither over nor cancelled. Administrators plan as much as they like.
/// </summary>
/// <remarks>
/// The index is asked before the event is called: commands that run at the same moment do not see each other, so the bounds may be exceeded
/// by as much as comes at once.
/// </remarks>
internal sealed class PlannedQuota(IConfiguration configuration)
{
    public static PlannedQuota Of(HttpContext context) => context.RequestServices.GetRequiredService<PlannedQuota>();

    /// <exception cref="InvalidOperationException">A bound is not a number, or less than 1.</exception>
    public static (int Events, int Places) BoundsOf(IConfiguration configuration) => (
        Read(configuration, "Limits:EventsPerPerson", Limits.EventsPerPersonDefault),
        Read(configuration, "Limits:PlacesPlannedPerPerson", Limits.PlacesPlannedPerPersonDefault));

    /// <summary>Whether the caller may make another event; false when a problem was written instead.</summary>
    public async Task<bool> HasRoomForAsync(HttpContext context, CommandStamp stamp, EventSettings settings)
    {
        if (stamp.By.IsAdmin) return true;
        var calls = EventCalls.Of(context);
        if (await CountAsync(calls, context, stamp.By.Id) is not { } planned) return false;
        var (events, places) = BoundsOf(configuration);
        var refusal = planned.Events >= events
            ? Refused(RefusalStatus.LimitEvents, events, planned.Events)
            : Refused(places, planned, PlacesOf(settings));
        if (refusal is null) return true;
        if (stamp.Keyed)
        {
            // The same command may have made the event that fills the bound: it gets its reply again.
            if (await IsMadeAsync(calls, context, stamp, settings) is not { } earlier) return false;
            if (earlier.Made) return true;
        }
        await Problem.WriteAsync(context, refusal, 0);
        return false;
    }

    /// <summary>Whether an event may grow to what a change says; false when a problem was written instead.</summary>
    public async Task<bool> HasRoomToGrowAsync(HttpContext context, CommandStamp stamp, long eventId, EventSettings change)
    {
        if (stamp.By.IsAdmin || change is { Capacity: null, Plan: null }) return true;
        var calls = EventCalls.Of(context);
        if (await calls.AskAsync(context, eventId, grain => grain.Get(stamp.By)) is not { } reply) return false;
        // The event itself tells whoever may not change it.
        if (reply.Value is not { } view || !IsOrganiser(view, stamp.By)) return true;
        var more = PlacesOf(change) - view.Places.Total;
        if (more <= 0) return true;
        if (await CountAsync(calls, context, view.Owner) is not { } planned) return false;
        if (Refused(BoundsOf(configuration).Places, planned, more) is not { } refusal) return true;
        await Problem.WriteAsync(context, refusal, reply.Version);
        return false;
    }

    private static Task<PlannedEvents?> CountAsync(EventCalls calls, HttpContext context, string owner) =>
        calls.AskDirectoryAsync(context, directory => directory.CountPlanned(owner));

    private static Task<Answered?> IsMadeAsync(EventCalls calls, HttpContext context, CommandStamp stamp, EventSettings settings) =>
        calls.AskDirectoryAsync(context, async directory =>
        {
            var id = await EventsApi.AllocateAsync(directory, stamp, settings);
            return new Answered((await directory.FindExisting([id])).Length > 0);
        });

    private static Refusal? Refused(int bound, PlannedEvents planned, long more) =>
        planned.Places + more <= bound ? null : Refused(RefusalStatus.LimitPlanned, bound, planned.Places);

    private static Refusal Refused(RefusalStatus status, int bound, long mine) =>
        new(status) { Limit = bound, Mine = (int)Math.Min(mine, int.MaxValue) };

    private static bool IsOrganiser(EventView view, Requester by) =>
        view.Owner == by.Id || view.Settings.CoOrganisers?.Contains(by.Id) == true;

    /// <summary>What is asked for. Whether it makes sense is for the event to say.</summary>
    private static long PlacesOf(EventSettings settings) => settings.Plan is { } plan
        ? plan.Sections.Sum(section => section.Capacity ?? (section.Rows ?? []).Sum(row => (long)row.Seats - row.Gaps.Count))
        : settings.Capacity ?? 0;

    private static int Read(IConfiguration configuration, string key, int otherwise) =>
        configuration.GetValue(key, otherwise) is var value and >= 1 ? value : throw new InvalidOperationException($"{key} is at least 1.");

    private sealed record Answered(bool Made);
}
