using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Core.History;

namespace Seats.Api.Explain;

/// <summary>The history of a place or an invitation.</summary>
internal sealed record ExplainAnswer(long EventId, long Version, IReadOnlyList<ExplainItem> Items);

/// <summary>Why things are as they are.</summary>
internal static class ExplainApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events/{id}/explain", ExplainAsync)
        .Describe("Explain", "The history of a place or an invitation, in words").Query("place", "invitation").Gives<ExplainAnswer>().Refuses("seats.unknown");

    private static async Task ExplainAsync(HttpContext context)
    {
        if (!Routes.TryEventId(context, out var eventId))
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        var (place, written) = ((string?)context.Request.Query["place"], (string?)context.Request.Query["invitation"]);
        int? invitation = null;
        if (!string.IsNullOrEmpty(written))
        {
            if (!InvitationId.TryParse(written, out var id) || id.EventId != eventId)
            {
                await Routes.NotFoundAsync(context);
                return;
            }
            invitation = id.Number;
        }
        if (string.IsNullOrEmpty(place) == invitation is null)
        {
            await (invitation is null
                ? Problem.InvalidAsync(context, new Violation("place", Rules.Required), new Violation("invitation", Rules.Required))
                : Problem.InvalidAsync(context, new Violation("place", Rules.Conflict)));
            return;
        }
        await EventCalls.Of(context).AnswerAsync(
            context, eventId, grain => grain.Explain(Requesters.Of(context), string.IsNullOrEmpty(place) ? null : place, invitation, Languages.LocaleOf(context)),
            (told, version) => new ExplainAnswer(eventId, version, told.Items), ApiJson.Answers.ExplainAnswer);
    }
}
