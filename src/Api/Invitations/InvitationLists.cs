using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Invitations;

/// <summary>Lists of invitations: mine, of an address, of an event.</summary>
internal static class InvitationLists
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/invitations", MineAsync).Describe("Invitations", "My invitations").Query("limit", "cursor").Gives<ListAnswer<InvitationAnswer>>();
        routes.MapGet("/invitations/user/{email}", OfAddressAsync)
            .Describe("Invitations", "Invitations of an address, for its person").Query("limit", "cursor").Gives<ListAnswer<InvitationAnswer>>().Refuses("forbidden");
        routes.MapGet("/invitations/event/{eventId}", OfEventAsync)
            .Describe("Invitations", "The guest list, for organisers").Query("status", "limit", "cursor").Gives<ListAnswer<InvitationAnswer>>().Refuses(RefusalCodes.Organisers);
    }

    private static Task MineAsync(HttpContext context)
    {
        var by = Requesters.Of(context);
        return ListAsync(context, (directory, paging) => directory.ListMyInvitations(by, paging.Cursor, paging.Limit));
    }

    private static Task OfAddressAsync(HttpContext context)
    {
        var by = Requesters.Of(context);
        var email = ((string)context.Request.RouteValues["email"]!).ToLowerInvariant();
        if (by.IsAdmin) return ListAsync(context, (directory, paging) => directory.ListInvitationsByEmail(email, paging.Cursor, paging.Limit));
        return email == by.Address ? MineAsync(context) : Problem.WriteAsync(context, ProblemKinds.Forbidden);
    }

    private static async Task OfEventAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId, "eventId"))
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        InvitationStatus? status = null;
        if (context.Request.Query["status"].ToString() is { Length: > 0 } word)
        {
            if (!EnumWords<InvitationStatus>.TryParse(word, out var known))
            {
                await Problem.InvalidAsync(context, new Violation("status", Types.OneOf + EnumWords<InvitationStatus>.All));
                return;
            }
            status = known;
        }
        if (await Paging.ReadAsync(context) is not { } paging || await paging.AfterAsync(context) is not { } after) return;
        await PageAsync(context, eventId, grain => grain.ListInvitations(Requesters.Of(context), status, after, paging.Limit));
    }

    public static Task PageAsync(HttpContext context, long eventId, Func<IEventGrain, Task<Reply<InvitationPage>>> call) =>
        EventCalls.Of(context).AnswerAsync(
            context, eventId, call,
            (page, version) => new ListAnswer<InvitationAnswer>([.. page.Items.Select(InvitationAnswer.Of)], page.Next?.ToString(), version), ApiJson.Strict.ListAnswerInvitationAnswer);

    private static async Task ListAsync(HttpContext context, Func<IDirectoryGrain, Paging, Task<InvitationIdPage>> list)
    {
        if (await Paging.ReadAsync(context) is not { } paging) return;
        var calls = EventCalls.Of(context);
        InvitationIdPage? page;
        try
        {
            page = await calls.TryAsync(context, () => list(calls.Directory, paging));
        }
        catch (FormatException)
        {
            await Paging.BadCursorAsync(context);
            return;
        }
        if (page is null || await ViewsAsync(context, calls, page.Ids) is not { } items) return;
        await Answer.WriteAsync(context, new ListAnswer<InvitationAnswer>(items, page.Next), ApiJson.Strict.ListAnswerInvitationAnswer);
    }

    private static async Task<List<InvitationAnswer>?> ViewsAsync(HttpContext context, EventCalls calls, IReadOnlyList<InvitationId> ids)
    {
        var by = Requesters.Of(context);
        var pages = await calls.TryAllAsync(context, ids.GroupBy(id => id.EventId).Select(group =>
            (Func<Task<Reply<InvitationPage>>>)(() => calls.Event(group.Key).GetInvitations(by, [.. group.Select(id => id.Number)]))));
        if (pages is null) return null;
        var found = pages.SelectMany(page => page.Value?.Items ?? []).ToDictionary(view => new InvitationId(view.EventId, view.Number));
        return [.. ids.Where(found.ContainsKey).Select(id => InvitationAnswer.Of(found[id]))];
    }
}
