using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Places;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Invitations;

/// <summary>The line of an event.</summary>
internal static class WaitlistApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events/{id}/waitlist/join", JoinAsync).WithMetadata(new BodyLimit(BodyLimit.Places))
            .Describe("Waitlist", "Stand in line, or be offered places at once").MayTake<JoinBody>().Gives<InvitationAnswer>(201, 200)
            .Refuses(RefusalCodes.NotSelling).Refuses("event.no_line", "limit.places", "limit.event", "limit.invitations");
        routes.MapPost("/events/{id}/waitlist/confirm", ConfirmAsync)
            .Describe("Waitlist", "Confirm the offer made to me").Gives<InvitationAnswer>().Refuses(RefusalCodes.Closed).Refuses("event.paused", "waitlist.no_offer");
        routes.MapDelete("/events/{id}/waitlist/leave", LeaveAsync).Describe("Waitlist", "Leave the line, or give an offer back").Gives<InvitationAnswer>().Refuses(RefusalCodes.Closed);
        routes.MapGet("/events/{id}/waitlist/me", MineAsync).Describe("Waitlist", "Where I stand").Gives<InvitationAnswer>();
        routes.MapGet("/events/{id}/waitlist", ListAsync)
            .Describe("Waitlist", "The line in order, for organisers").Query("limit", "cursor").Gives<ListAnswer<InvitationAnswer>>().Refuses(RefusalCodes.Organisers);
    }

    private static async Task JoinAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.JoinBody, mayBeEmpty: true) is { } command)
        {
            var body = command.Body;
            var wish = new WaitlistWish(body.Places ?? 1, body.Together ?? false, body.Categories ?? []);
            if (Wishes.NoChoice("categories", body.Categories) is { } unclear) await Problem.InvalidAsync(context, unclear);
            else if (wish.Places is < 1 or > Limits.PlacesInOneCommandAtMost)
                await Problem.InvalidAsync(context, new Violation("places", Rules.Range, 1, Limits.PlacesInOneCommandAtMost));
            else await InvitationsApi.AnswerAsync(context, eventId, grain => grain.Join(command.Stamp, wish));
        }
    }

    private static Task ConfirmAsync(HttpContext context) => SendAsync(context, (grain, stamp) => grain.ConfirmOffer(stamp));

    private static Task LeaveAsync(HttpContext context) => SendAsync(context, (grain, stamp) => grain.Leave(stamp));

    private static async Task MineAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else await InvitationsApi.AnswerAsync(context, eventId, grain => grain.GetWaitlistEntry(Requesters.Of(context)));
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Paging.ReadAsync(context) is { } paging && await paging.AfterAsync(context) is { } after)
            await InvitationLists.PageAsync(context, eventId, grain => grain.ListWaitlist(Requesters.Of(context), after, paging.Limit));
    }

    private static async Task SendAsync(HttpContext context, Func<IEventGrain, CommandStamp, Task<Reply<InvitationView>>> call)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp) await InvitationsApi.AnswerAsync(context, eventId, grain => call(grain, stamp));
    }
}
