using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Events;

/// <summary>Lists of events: ids from the directory, each event from its grain.</summary>
internal static class EventLists
{
    public static async Task ListAsync(HttpContext context)
    {
        if (await Paging.ReadAsync(context) is not { } paging || await QueryAsync(context, paging) is not { } query) return;
        var calls = EventCalls.Of(context);
        var by = Requesters.Of(context);
        EventIdPage? page;
        try
        {
            page = await calls.TryAsync(context, () => calls.Directory.ListEvents(by, query));
        }
        catch (FormatException)
        {
            await Paging.BadCursorAsync(context);
            return;
        }
        if (page is null || await ViewsAsync(context, calls, by, page.Ids) is not { } events) return;
        await Answer.WriteAsync(context, new ListAnswer<EventAnswer>(events, page.Next), ApiJson.Strict.ListAnswerEventAnswer);
    }

    private static async Task<IReadOnlyList<EventAnswer>?> ViewsAsync(HttpContext context, EventCalls calls, Requester by, IReadOnlyList<long> ids) =>
        await calls.TryAllAsync(context, ids.Select(id => (Func<Task<Reply<EventView>>>)(() => calls.Event(id).Get(by)))) is { } replies
            ? [.. replies.Select(reply => reply.Value).OfType<EventView>().Select(EventAnswer.Of)]
            : null;

    private static async Task<EventQuery?> QueryAsync(HttpContext context, Paging paging)
    {
        var query = context.Request.Query;
        var broken = new List<Violation>();
        var from = Time(query["from"], "from", broken);
        var until = Time(query["until"], "until", broken);
        EventState? state = null;
        if (query["state"].ToString() is { Length: > 0 } word)
        {
            if (EnumWords<EventState>.TryParse(word, out var known)) state = known;
            else broken.Add(new Violation("state", Types.OneOf + EnumWords<EventState>.All));
        }
        var text = query["query"].ToString();
        if (text.Length > Limits.TitleCharsAtMost || text.Contains('\0')) broken.Add(new Violation("query", Rules.Length, 0, Limits.TitleCharsAtMost));
        if (broken.Count == 0) return new EventQuery(text.Length == 0 ? null : text, from, until, state, paging.Cursor, paging.Limit);
        await Problem.InvalidAsync(context, broken);
        return null;
    }

    private static DateTimeOffset? Time(string? text, string member, List<Violation> broken)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (EventTimes.TryRead(text, NodaTime.DateTimeZone.Utc, out var time)) return time;
        broken.Add(new Violation(member, Types.Time));
        return null;
    }
}
