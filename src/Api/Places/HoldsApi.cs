using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;

namespace Seats.Api.Places;

/// <summary>Holds: places locked for one person.</summary>
internal static class HoldsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/invitations/{eventId}/seats/lock", LockAsync).WithMetadata(new BodyLimit(BodyLimit.Places))
            .Describe("Holds", "Lock places, all or nothing").Takes<LockBody>().Gives<HoldAnswer>(201)
            .Refuses(RefusalCodes.NotSelling).Refuses(RefusalCodes.Choosing).Refuses("limit.hoarding");
        routes.MapGet("/invitations/{eventId}/seats/lock", MineAsync).Describe("Holds", "My live holds").Query("limit", "cursor").Gives<ListAnswer<HoldAnswer>>();
        routes.MapGet("/invitations/{eventId}/seats/lock/{holdId}", GetAsync).Describe("Holds", "One live hold").Gives<HoldAnswer>();
        routes.MapPut("/invitations/{eventId}/seats/lock/{holdId}", ChangeAsync).WithMetadata(new BodyLimit(BodyLimit.Places))
            .Describe("Holds", "Other places for a hold, or more time").Takes<ChangeLockBody>().Gives<HoldAnswer>()
            .Refuses(RefusalCodes.NotSelling).Refuses("hold.expired", "seats.unknown", "seats.taken", "seats.orphan", "event.has_line", "limit.places");
        routes.MapDelete("/invitations/{eventId}/seats/release", ReleaseAsync).WithMetadata(new BodyLimit(BodyLimit.Places))
            .Describe("Holds", "Give places back, named in the query or, where they are many, in a body")
            .Query("hold", "seats").MayTake<ReleaseBody>().Gives<ReleasedAnswer>().Refuses("hold.expired", "seats.unknown");
    }

    private static async Task LockAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.LockBody) is { } command)
        {
            var (wish, broken) = Wishes.Of(command.Body);
            if (wish is null) await Problem.InvalidAsync(context, broken!);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => grain.Hold(command.Stamp, wish), HoldAnswer.Of, ApiJson.Answers.HoldAnswer,
                hold => $"/invitations/{eventId}/seats/lock/{hold.Id}");
        }
    }

    private static async Task MineAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else if (await Paging.ReadAsync(context) is { } paging && await paging.AfterAsync(context) is { } after)
            await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => grain.ListHolds(Requesters.Of(context), after, paging.Limit),
                (page, version) => new ListAnswer<HoldAnswer>([.. page.Holds.Select(HoldAnswer.Of)], page.Next?.ToString(), version),
                ApiJson.Answers.ListAnswerHoldAnswer);
    }

    private static async Task GetAsync(HttpContext context)
    {
        if (!TryHold(context, out var eventId, out var hold)) await Routes.NotFoundAsync(context);
        else await EventCalls.Of(context).AnswerAsync(
            context, eventId, grain => grain.GetHold(Requesters.Of(context), hold), HoldAnswer.Of, ApiJson.Answers.HoldAnswer);
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        if (!TryHold(context, out var eventId, out var hold)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.ChangeLockBody) is { } command)
        {
            var body = command.Body;
            var (seats, broken) = Wishes.Named(body.Seats, body.Section, body.SeatRow, body.SeatNumber);
            if (broken is null && seats is null != (body.Extend is true)) broken = new Violation("seats", seats is null ? Rules.Required : Rules.Conflict);
            if (broken is not null) await Problem.InvalidAsync(context, broken);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId,
                grain => seats is null ? grain.ExtendHold(command.Stamp, hold) : grain.ChangeHold(command.Stamp, hold, seats),
                HoldAnswer.Of, ApiJson.Answers.HoldAnswer);
        }
    }

    private static async Task ReleaseAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId")) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.ReleaseBody, mayBeEmpty: true) is { } command)
        {
            var (hold, seats, broken) = Releases.Of(context.Request.Query, command.Body);
            var number = 0;
            if (broken is not null) await Problem.InvalidAsync(context, broken);
            else if (hold is not null && !Routes.TryHold(hold, eventId, out number)) await Routes.NotFoundAsync(context);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => grain.Release(command.Stamp, hold is null ? null : number, seats),
                (released, version) => new ReleasedAnswer(released.Seats, version), ApiJson.Answers.ReleasedAnswer);
        }
    }

    private static bool TryHold(HttpContext context, out long eventId, out int hold)
    {
        hold = 0;
        return Routes.TryEventId(context, out eventId, "eventId") && Routes.TryHold(context.Request.RouteValues["holdId"] as string, eventId, out hold);
    }
}
