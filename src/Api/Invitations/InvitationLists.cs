using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Spelling;

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
        var email = EmailAddress.Comparable((string)context.Request.RouteValues["email"]!) ?? "";
        if (by.IsAdmin) return ListAsync(context, (directory, paging) => directory.ListInvitationsByEmail(email, paging.Cursor, paging.Limit));
        return email.Length > 0 && email == by.Address ? MineAsync(context) : Problem.WriteAsync(context, ProblemKinds.Forbidden);
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
            (page, version) =>
                new ListAnswer<InvitationAnswer>([.. page.Items.Select(InvitationAnswer.Of)], page.Next?.ToString(), version),
            ApiJson.Answers.ListAnswerInvitationAnswer);

    private static async Task ListAsync(HttpContext context, Func<IDirectoryGrain, Paging, Task<InvitationIdPage>> list)
    {
        if (await Paging.ReadAsync(context) is not { } paging) return;
        var calls = EventCalls.Of(context);
        InvitationIdPage? page;
        try
        {
            page = await calls.AskDirectoryAsync(context, directory => list(directory, paging));
        }
        catch (FormatException)
        {
            await Paging.BadCursorAsync(context);
            return;
        }
        if (page is not null) await WriteAsync(context, calls, page);
    }

    private static async Task WriteAsync(HttpContext context, EventCalls calls, InvitationIdPage page)
    {
        var by = Requesters.Of(context);
        var listed = context.RequestServices.GetRequiredService<ListedEvents>();
        var numbers = page.Ids.ToLookup(id => id.EventId, id => id.Number);
        long[] eventIds = [.. numbers.Select(group => group.Key)];
        var heard = await listed.AskAsync(eventIds, id => calls.Event(id).GetInvitations(by, [.. numbers[id]]));
        var views = heard.Replies.Values.SelectMany(reply => reply.Value?.Items ?? []);
        var found = views.ToLookup(view => new InvitationId(view.EventId, view.Number));
        var items = page.Ids.SelectMany(id => found[id].Take(1)).Select(view => (view.EventId, view));
        await listed.WriteAsync(context, items, InvitationAnswer.Of, ApiJson.Answers.InvitationAnswer, page.Next, heard.Unavailable);
    }
}
