using Microsoft.Net.Http.Headers;
using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Invitations;

/// <summary>
/// Where the links of mails lead: one invitation, seen and answered by whoever holds its link, without an account. A page with buttons for
/// people, JSON for programs. Looking changes nothing: programs that check mails look at every link.
/// </summary>
internal static class InvitationLinksApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/i/{token}", ShowAsync).AllowAnonymous();
        routes.MapPost("/i/{token}/{answer}", AnswerOnPageAsync).AllowAnonymous();
        routes.MapGet("/invitations/by-token/{token}", GetAsync).AllowAnonymous()
            .Describe("Invitations", "The invitation of a link").Gives<InvitationAnswer>();
        foreach (var answer in Enum.GetValues<LinkAnswer>())
            routes.MapPost($"/invitations/by-token/{{token}}/{NameOf(answer)}", context => AnswerAsync(context, answer)).AllowAnonymous()
                .Describe("Invitations", $"{answer} with the link, without an account").Gives<InvitationAnswer>()
                .Refuses(RefusalCodes.Closed).Refuses(RefusalsOf(answer));
    }

    private static string NameOf(LinkAnswer answer) => answer.ToString().ToLowerInvariant();

    private static LinkAnswer? Find(string? name)
    {
        foreach (var answer in Enum.GetValues<LinkAnswer>())
            if (NameOf(answer) == name) return answer;
        return null;
    }

    private static string[] RefusalsOf(LinkAnswer answer) => answer switch
    {
        LinkAnswer.Confirm => ["event.paused", "invitation.expired", "invitation.cancelled", "invitation.declined", "invitation.waiting"],
        LinkAnswer.Decline => ["invitation.expired", "invitation.cancelled", "invitation.confirmed", "invitation.waiting"],
        LinkAnswer.Cancel => ["invitation.expired", "invitation.declined", "ticket.checked_in"],
    };

    private static async Task GetAsync(HttpContext context)
    {
        if (!TryToken(context, out var token, out var eventId)) await Routes.NotFoundAsync(context);
        else await EventCalls.Of(context).AnswerAsync(
            context, eventId, grain => grain.GetByLink(token), linked => InvitationAnswer.Of(linked.Invitation),
            ApiJson.Answers.InvitationAnswer);
    }

    private static async Task AnswerAsync(HttpContext context, LinkAnswer answer)
    {
        if (!TryToken(context, out var token, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp)
            await InvitationsApi.AnswerAsync(context, eventId, grain => grain.AnswerByLink(stamp, token, answer));
    }

    private static async Task ShowAsync(HttpContext context)
    {
        if (IsForProgram(context)) await GetAsync(context);
        else await ShowAsync(context, trouble: null);
    }

    private static async Task AnswerOnPageAsync(HttpContext context)
    {
        if (Find((string)context.Request.RouteValues["answer"]!) is not { } answer || !TryToken(context, out var token, out var eventId))
        {
            await LinkPage.NotFoundAsync(context);
            return;
        }
        var stamp = new CommandStamp(Guid.NewGuid(), 0, false, Requesters.Of(context));
        var calls = EventCalls.Of(context);
        if (await calls.AskAsync(context, eventId, grain => grain.AnswerByLink(stamp, token, answer)) is not { } reply) return;
        if (reply.Refusal is { } refusal) await ShowAsync(context, ProblemKinds.Of(refusal.Status));
        else
        {
            // So that a page that is loaded again does not answer again.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"../{token}";
        }
    }

    private static async Task ShowAsync(HttpContext context, ProblemKind? trouble)
    {
        if (!TryToken(context, out var token, out var eventId))
        {
            await LinkPage.NotFoundAsync(context);
            return;
        }
        if (await EventCalls.Of(context).AskAsync(context, eventId, grain => grain.GetByLink(token)) is not { } reply) return;
        // What the reader chose in the mail; to open a link decides nothing.
        var asked = Find(context.Request.Query["answer"]);
        if (reply.Value is { } linked) await new LinkPage(linked, token, Languages.Of(context), asked).WriteAsync(context, trouble);
        else await LinkPage.NotFoundAsync(context);
    }

    /// <summary>Programs say that they want JSON; browsers, and whoever says nothing, get the page.</summary>
    private static bool IsForProgram(HttpContext context) =>
        MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var wanted)
        && wanted.Any(type => type.MediaType == "application/json") && !wanted.Any(type => type.MediaType == "text/html");

    private static bool TryToken(HttpContext context, out string token, out long eventId)
    {
        token = (string)context.Request.RouteValues["token"]!;
        return InvitationToken.TryRead(token, out eventId, out _, out _);
    }
}
