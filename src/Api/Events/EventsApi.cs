using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Events;

/// <summary>Events: made, changed, paused, cancelled.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events", CreateAsync).WithMetadata(new BodyLimit(BodyLimit.Events))
            .Describe("Events", "Create an event").Takes<EventBody>("title", "eventDate").Gives<EventAnswer>(201)
            .Refuses("limit.events", "limit.planned");
        routes.MapGet("/events", EventLists.ListAsync).AllowAnonymous()
            .Describe("Events", "Events, soonest first").Query("query", "from", "until", "state", "limit", "cursor").Gives<ListAnswer<EventAnswer>>();
        routes.MapGet("/events/{id}", GetAsync).AllowAnonymous().Describe("Events", "One event").Gives<EventAnswer>();
        routes.MapPut("/events/{id}", ChangeAsync).WithMetadata(new BodyLimit(BodyLimit.Events))
            .Describe(
                "Events",
                "Change what is present. With another timeZone, times that are not given keep what clocks show, and guests are told")
            .Takes<EventBody>().Gives<EventAnswer>()
            .Refuses(RefusalCodes.Organisers).Refuses(RefusalCodes.Closed)
            .Refuses("version.changed", "capacity.taken", "seating.taken", "limit.event", "limit.planned");
        routes.MapDelete("/events/{id}", CancelAsync)
            .Describe("Events", "Cancel the event").MayTake<ReasonBody>().Gives<EventAnswer>().Refuses(RefusalCodes.Organisers).Refuses("event.over", "version.changed");
        routes.MapPost("/events/{id}/pause", PauseAsync).Describe("Events", "Stop sales and freeze all clocks").Gives<EventAnswer>().Refuses(RefusalCodes.Organisers).Refuses(RefusalCodes.Closed);
        routes.MapPost("/events/{id}/resume", ResumeAsync).Describe("Events", "Resume sales and give the time back").Gives<EventAnswer>().Refuses(RefusalCodes.Organisers).Refuses(RefusalCodes.Closed);
    }

    private static async Task CreateAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, EventJson.Body) is not { } command) return;
        var (settings, broken) = EventSettingsReader.Read(command.Body, DefaultZone(context), stateZone: true);
        if (broken.Count > 0)
        {
            await Problem.InvalidAsync(context, broken);
            return;
        }
        settings = settings! with { OfferClock = settings.OfferClock ?? DefaultOfferClock(context) };
        if (!await PlannedQuota.Of(context).HasRoomForAsync(context, command.Stamp, settings)) return;
        var calls = EventCalls.Of(context);
        var allocated = await calls.AskDirectoryAsync(
            context, async directory => new Allocated(await AllocateAsync(directory, command.Stamp, settings)));
        if (allocated is null) return;
        await calls.CreateAsync(
            context, allocated.EventId, grain => grain.Create(command.Stamp, settings), EventAnswer.Of, ApiJson.Answers.EventAnswer,
            answer => $"/events/{answer.Id}");
    }

    /// <summary>The id of an event to be created. The first answer to a command id stays: everybody who asks must ask for the same kind.</summary>
    internal static Task<long> AllocateAsync(IDirectoryGrain directory, CommandStamp stamp, EventSettings settings) =>
        settings.Visibility is Visibility.Unlisted ? directory.AllocateUnguessableEventId(stamp.Id) : directory.AllocateEventId(stamp.Id);

    private static async Task GetAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else await AnswerAsync(context, eventId, grain => grain.Get(Requesters.Of(context)));
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, EventJson.Body) is { } command && await IfMatch.ReadAsync(context) is { } condition)
        {
            var calls = EventCalls.Of(context);
            if (await ZoneAsync(context, calls, eventId, command.Body) is not { } zone) return;
            var (settings, broken) = EventSettingsReader.Read(command.Body, zone, stateZone: false);
            if (broken.Count > 0) await Problem.InvalidAsync(context, broken);
            else if (await PlannedQuota.Of(context).HasRoomToGrowAsync(context, command.Stamp, eventId, settings!))
                await AnswerAsync(context, eventId, grain => grain.Change(command.Stamp, settings!, condition.Version));
        }
    }

    private static async Task CancelAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.ReasonBody, mayBeEmpty: true) is { } command && await IfMatch.ReadAsync(context) is { } condition)
            await AnswerAsync(context, eventId, grain => grain.Cancel(command.Stamp, command.Body.Reason, condition.Version));
    }

    private static Task PauseAsync(HttpContext context) => SwitchAsync(context, (grain, stamp) => grain.Pause(stamp));

    private static Task ResumeAsync(HttpContext context) => SwitchAsync(context, (grain, stamp) => grain.Resume(stamp));

    private static async Task SwitchAsync(HttpContext context, Func<IEventGrain, CommandStamp, Task<Reply<EventView>>> call)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp)
            await AnswerAsync(context, eventId, grain => call(grain, stamp));
    }

    private static Task AnswerAsync(HttpContext context, long eventId, Func<IEventGrain, Task<Reply<EventView>>> call) =>
        EventCalls.Of(context).AnswerAsync(context, eventId, call, EventAnswer.Of, ApiJson.Answers.EventAnswer);

    /// <summary>The zone that local times of a change are read in: the one it names, else the event's own.</summary>
    private static async Task<string?> ZoneAsync(HttpContext context, EventCalls calls, long eventId, EventBody body)
    {
        if (body.TimeZone is { } named) return named;
        if (body is { EventDate: null, EndDate: null, SalesFrom: null, SalesUntil: null, OffersUntil: null }) return "UTC";
        if (await calls.AskAsync(context, eventId, grain => grain.Get(Requesters.Of(context))) is not { } reply) return null;
        if (reply.Value is { } view) return view.Settings.TimeZone;
        await Problem.WriteAsync(context, reply.Refusal!, reply.Version);
        return null;
    }

    private static OfferClock DefaultOfferClock(HttpContext context) => OfferClockOf(context.RequestServices.GetRequiredService<IConfiguration>());

    /// <summary><c>Mail:OfferClock</c>: MAIL_ACCEPTED, unless the deployment says OFFERED.</summary>
    /// <exception cref="InvalidOperationException">It says something else.</exception>
    public static OfferClock OfferClockOf(IConfiguration configuration) => configuration["Mail:OfferClock"] is not { Length: > 0 } word ? OfferClock.MailAccepted
        : EnumWords<OfferClock>.TryParse(word, out var clock) ? clock
        : throw new InvalidOperationException($"Mail:OfferClock is one of {EnumWords<OfferClock>.All}.");

    private static string DefaultZone(HttpContext context) =>
        context.RequestServices.GetRequiredService<IConfiguration>()["Seats:TimeZone"] ?? "UTC";

    private sealed record Allocated(long EventId);
}
