using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Places;

/// <summary>The map of an event, and places taken off sale.</summary>
internal static class SeatsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events/{id}/seats", MapAsync).AllowAnonymous().Describe("Seats", "The live map: one letter a seat").Gives<MapAnswer>(200, 304);
        routes.MapPost("/events/{id}/seats/block", BlockAsync).WithMetadata(new BodyLimit(BodyLimit.Blocks))
            .Describe("Seats", "Take free places off sale").Takes<SeatsBody>("seats").Gives<SeatsAnswer>()
            .Refuses(RefusalCodes.Organisers).Refuses(RefusalCodes.Closed).Refuses("seats.taken", "seats.unknown");
        routes.MapPost("/events/{id}/seats/unblock", UnblockAsync).WithMetadata(new BodyLimit(BodyLimit.Blocks))
            .Describe("Seats", "Put blocked places on sale again").Takes<SeatsBody>("seats").Gives<SeatsAnswer>()
            .Refuses(RefusalCodes.Organisers).Refuses(RefusalCodes.Closed).Refuses("seats.not_blocked", "seats.unknown");
    }

    private static async Task MapAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId))
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        var maps = context.RequestServices.GetRequiredService<SeatMaps>();
        var calls = EventCalls.Of(context);
        if (await calls.TryAsync(context, async () => new Found(await maps.ReadAsync(eventId, context.RequestAborted))) is not { } found) return;
        if (found.Page is not { } page || page.Visibility == Visibility.Unlisted && !Requesters.Of(context).IsKnown) await Routes.NotFoundAsync(context);
        else await page.WriteAsync(context);
    }

    private static Task BlockAsync(HttpContext context) => ChangeAsync(context, (grain, stamp, seats, reason) => grain.Block(stamp, seats, reason));

    private static Task UnblockAsync(HttpContext context) => ChangeAsync(context, (grain, stamp, seats, reason) => grain.Unblock(stamp, seats, reason));

    private static async Task ChangeAsync(HttpContext context, Func<IEventGrain, CommandStamp, IReadOnlyList<string>, string?, Task<Reply<BlockedPlaces>>> call)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.SeatsBody) is { } command)
        {
            if (command.Body.Seats is not { } seats) await Problem.InvalidAsync(context, new Violation("seats", Rules.Required));
            else if (seats.Count is 0 or > Limits.SeatsBlockedAtOnceAtMost) await Problem.InvalidAsync(context, new Violation("seats", Rules.Count, 1, Limits.SeatsBlockedAtOnceAtMost));
            else if (Wishes.NoName(seats) is { } broken) await Problem.InvalidAsync(context, broken);
            else await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => call(grain, command.Stamp, seats, command.Body.Reason),
                (blocked, version) => new SeatsAnswer(eventId, version, blocked.Seats), ApiJson.Answers.SeatsAnswer);
        }
    }

    private sealed record Found(MapPage? Page);
}
