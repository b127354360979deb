using System.Globalization;
using Seats.Api.Accounts;
using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Spelling;

namespace Seats.Api.Notifications;

/// <summary>What people were told, what is stuck and why, and how to send it again.</summary>
internal static class NotificationsApi
{
    private const int KindCharsAtMost = 40;
    // In letters of its own an address takes more characters in a query than it has.
    private const int RecipientCharsAtMost = 2 * Limits.EmailCharsAtMost;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notifications", ListAsync)
            .Describe("Notifications", "What was sent: of an event to its organiser, of an address to its person, all of it to administrators")
            .Query("recipient", "event", "kind", "limit", "cursor").Gives<ListAnswer<NotificationAnswer>>().Refuses("forbidden", "not_found");
        routes.MapGet("/notifications/dead-letters", ListDeadLettersAsync).RequireAuthorization(Policies.Admin)
            .Describe("Notifications", "Mails that failed for good").Query("recipient", "event", "kind", "limit", "cursor").Gives<ListAnswer<DeadLetterAnswer>>();
        routes.MapPost("/notifications/dead-letters/{id}/replay", ReplayAsync).RequireAuthorization(Policies.Admin)
            .Describe("Notifications", "Send one again").Gives<ReplayedAnswer>().Refuses("not_found", "notification.unreadable");
        routes.MapPost("/notifications/dead-letters/replay-all", ReplayAllAsync).RequireAuthorization(Policies.Admin)
            .Describe("Notifications", "Send all that match again").Query("recipient", "event", "kind").Gives<ReplayedAnswer>();
        routes.MapDelete("/notifications/dead-letters/{id}", DeleteAsync).RequireAuthorization(Policies.Admin)
            .Describe("Notifications", "Give one up").Gives<DeletedAnswer>();
        foreach (var path in new[] { "/api/metrics/resilience", "/api/metrics/resilience4j" })
            routes.MapGet(path, ResilienceAsync).RequireAuthorization(Policies.Admin).Describe("Notifications", "How sending goes").Gives<ResilienceAnswer>();
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } asked || !await MaySeeAsync(context, asked.Query)) return;
        if (await EventCalls.Of(context).TryAsync(context, () => Grain(context).List(asked.Query, asked.Limit + 1)) is not { } found) return;
        await PageAsync(context, found, asked.Limit, view => view.Id, NotificationAnswer.Of, ApiJson.Answers.ListAnswerNotificationAnswer);
    }

    private static async Task ListDeadLettersAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } asked) return;
        if (await EventCalls.Of(context).TryAsync(context, () => Grain(context).ListDeadLetters(asked.Query, asked.Limit + 1)) is not { } found) return;
        await PageAsync(context, found, asked.Limit, view => view.Id, DeadLetterAnswer.Of, ApiJson.Answers.ListAnswerDeadLetterAnswer);
    }

    private static async Task ReplayAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context) is not { } stamp) return;
        if (IdOf(context) is not { } id)
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        await Kept(context).RunAsync(context, stamp, async () =>
        {
            if (await EventCalls.Of(context).TryAsync(context, async () => new Replayed(await Grain(context).Replay(id))) is not { } replayed) return;
            await (replayed.Outcome switch
            {
                ReplayOutcome.Queued => Answer.WriteAsync(context, new ReplayedAnswer(1), ApiJson.Answers.ReplayedAnswer),
                ReplayOutcome.Unreadable => Problem.WriteAsync(context, ProblemKinds.Unreadable),
                _ => Routes.NotFoundAsync(context),
            });
        });
    }

    private static async Task ReplayAllAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context) is not { } stamp || await ReadAsync(context) is not { } asked) return;
        await Kept(context).RunAsync(context, stamp, async () =>
        {
            if (await EventCalls.Of(context).TryAsync(context, async () => new ReplayedAnswer(await Grain(context).ReplayAll(asked.Query with { Before = null }))) is not { } answer) return;
            await Answer.WriteAsync(context, answer, ApiJson.Answers.ReplayedAnswer);
        });
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context) is not { } stamp) return;
        if (IdOf(context) is not { } id)
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        await Kept(context).RunAsync(context, stamp, async () =>
        {
            if (await EventCalls.Of(context).TryAsync(context, async () => new DeletedAnswer(await Grain(context).Discard(id) ? 1 : 0)) is not { } answer) return;
            if (answer.Deleted == 0) await Routes.NotFoundAsync(context);
            else await Answer.WriteAsync(context, answer, ApiJson.Answers.DeletedAnswer);
        });
    }

    private static async Task ResilienceAsync(HttpContext context)
    {
        if (await EventCalls.Of(context).TryAsync(context, Grain(context).Report) is not { } report) return;
        await Answer.WriteAsync(context, ResilienceAnswer.Of(report), ApiJson.Answers.ResilienceAnswer);
    }

    /// <summary>Administrators see everything, organisers their event, everybody what was sent to their own address.</summary>
    private static async Task<bool> MaySeeAsync(HttpContext context, NotificationQuery query)
    {
        var by = Requesters.Of(context);
        if (by.IsAdmin || by.Email.Length > 0 && query.Recipient == by.Email) return true;
        if (query.EventId is not { } eventId)
        {
            await Problem.WriteAsync(context, ProblemKinds.Forbidden);
            return false;
        }
        if (await EventCalls.Of(context).AskAsync(context, eventId, grain => grain.ListWaitlist(by, 0, 1)) is not { } reply) return false;
        if (reply.Refusal is not { } refusal) return true;
        await Problem.WriteAsync(context, refusal, reply.Version);
        return false;
    }

    private static async Task<Asked?> ReadAsync(HttpContext context)
    {
        if (await Paging.ReadAsync(context) is not { } paging) return null;
        var query = context.Request.Query;
        long? before = null, eventId = null;
        if (paging.Cursor is { } cursor)
        {
            if (!long.TryParse(cursor, NumberStyles.None, null, out var id))
            {
                await Paging.BadCursorAsync(context);
                return null;
            }
            before = id;
        }
        if (query["event"].ToString() is { Length: > 0 } given)
        {
            if (!long.TryParse(given, NumberStyles.None, null, out var id))
            {
                await Problem.InvalidAsync(context, new Violation("event", Types.Number));
                return null;
            }
            eventId = id;
        }
        var (address, kind) = (Text(query["recipient"], RecipientCharsAtMost), Text(query["kind"], KindCharsAtMost));
        var recipient = EmailAddress.Comparable(address) ?? address;
        return new Asked(new NotificationQuery(recipient, eventId, kind, before), paging.Limit);
    }

    private static async Task PageAsync<TView, TBody>(
        HttpContext context, IReadOnlyList<TView> found, int limit, Func<TView, long> id, Func<TView, TBody> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<ListAnswer<TBody>> type)
    {
        var next = found.Count > limit ? id(found[limit - 1]).ToString(CultureInfo.InvariantCulture) : null;
        await Answer.WriteAsync(context, new ListAnswer<TBody>([.. found.Take(limit).Select(body)], next), type);
    }

    private static string? Text(string? text, int atMost) => text is { Length: > 0 } ? text.Length <= atMost ? text : text[..atMost] : null;

    private static long? IdOf(HttpContext context) => Routes.TryEventId(context, out var id) ? id : null;

    private static KeptCommands Kept(HttpContext context) => context.RequestServices.GetRequiredService<KeptCommands>();

    private static INotificationsGrain Grain(HttpContext context) => EventCalls.Of(context).Notifications;

    private sealed record Replayed(ReplayOutcome Outcome);

    private sealed record Asked(NotificationQuery Query, int Limit);
}
