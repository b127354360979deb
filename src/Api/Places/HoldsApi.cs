using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Places;

/// <summary>Holds: places locked for one person.</summary>
internal static class HoldsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/invitations/{eventId}/seats/lock", LockAsync)
            .Describe("Holds", "Lock places, all or nothing").Takes<LockBody>().Gives<HoldAnswer>(201)
            .Refuses("seats.unknown", "seats.taken", "seats.orphan", "seats.not_together", "event.full", "event.has_line", "limit.places", "event.paused", "event.not_on_sale");
        routes.MapGet("/invitations/{eventId}/seats/lock", MineAsync).Describe("Holds", "My live holds").Gives<ListAnswer<HoldAnswer>>();
        routes.MapPut("/invitations/{eventId}/seats/lock/{holdId}", ChangeAsync)
            .Describe("Holds", "Other places for a hold, or more time").Takes<ChangeLockBody>().Gives<HoldAnswer>().Refuses("hold.expired", "seats.taken", "limit.places");
        routes.MapDelete("/invitations/{eventId}/seats/release", ReleaseAsync)
            .Describe("Holds", "Give places back").Query("hold", "seats").Gives<ReleasedAnswer>().Refuses("hold.expired", "not_found");
    }

    private static async Task LockAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.LockBody) is { } command)
        {
            var (wish, broken) = Wishes.Of(command.Body);
            if (wish is null) await Problem.InvalidAsync(context, broken!);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => grain.Hold(command.Stamp, wish), HoldAnswer.Of, ApiJson.Strict.HoldAnswer,
                hold => $"/invitations/{eventId}/seats/lock/{hold.Id}");
        }
    }

    private static async Task MineAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else await EventCalls.Of(context).AnswerAsync(
            context, eventId, grain => grain.GetHolds(Requesters.Of(context)),
            list => new ListAnswer<HoldAnswer>([.. list.Holds.Select(HoldAnswer.Of)], null), ApiJson.Strict.ListAnswerHoldAnswer);
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId") || !Routes.TryHold(context.Request.RouteValues["holdId"] as string, eventId, out var hold))
            await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.ChangeLockBody) is { } command)
        {
            var body = command.Body;
            var (seats, broken) = Wishes.Named(body.Seats, body.Section, body.SeatRow, body.SeatNumber);
            if (broken is null && seats is null != (body.Extend is true)) broken = new Violation("seats", seats is null ? Rules.Required : Rules.Conflict);
            if (broken is not null) await Problem.InvalidAsync(context, broken);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId,
                grain => seats is null ? grain.ExtendHold(command.Stamp, hold) : grain.ChangeHold(command.Stamp, hold, seats),
                HoldAnswer.Of, ApiJson.Strict.HoldAnswer);
        }
    }

    private static async Task ReleaseAsync(HttpContext context)
    {
        var query = context.Request.Query;
        int? hold = null;
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else if (query["hold"].ToString() is { Length: > 0 } id && !(Routes.TryHold(id, eventId, out var number) && (hold = number) > 0))
            await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp)
        {
            string[] seats = [.. query["seats"].SelectMany(list => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            await ReleaseAsync(context, eventId, stamp, hold, seats.Length == 0 ? null : seats);
        }
    }

    private static async Task ReleaseAsync(HttpContext context, long eventId, CommandStamp stamp, int? hold, string[]? seats)
    {
        var calls = EventCalls.Of(context);
        if (await calls.TryAsync(context, () => calls.Event(eventId).Release(stamp, hold, seats)) is not { } reply) return;
        await calls.WriteAsync(context, eventId, reply, released => new ReleasedAnswer(released.Seats, reply.Version), ApiJson.Strict.ReleasedAnswer, null);
    }
}
