using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Spelling;

namespace Seats.Api.Events;

/// <summary>Lists of events: ids from the directory, each event from its grain; one that cannot be shown is left out.</summary>
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
            page = await calls.AskDirectoryAsync(context, directory => directory.ListEvents(by, query));
        }
        catch (FormatException)
        {
            await Paging.BadCursorAsync(context);
            return;
        }
        if (page is null) return;
        var listed = context.RequestServices.GetRequiredService<ListedEvents>();
        var heard = await listed.AskAsync(page.Ids, id => calls.Event(id).Get(by));
        var views = page.Ids.Select(id => heard.Replies.GetValueOrDefault(id)?.Value).OfType<EventView>();
        await listed.WriteAsync(
            context, views.Select(view => (view.Id, view)), EventAnswer.Of, ApiJson.Answers.EventAnswer, page.Next, heard.Unavailable);
    }

    private static async Task<EventQuery?> QueryAsync(HttpContext context, Paging paging)
    {
        var query = context.Request.Query;
        var broken = new List<Violation>();
        var from = Time(query["from"], "from", broken);
        var until = Time(query["until"], "until", broken);
        EventStatus? state = null;
        if (query["state"].ToString() is { Length: > 0 } word)
        {
            if (EnumWords<EventStatus>.TryParse(word, out var known)) state = known;
            else broken.Add(new Violation("state", Types.OneOf + EnumWords<EventStatus>.All));
        }
        var text = query["query"].ToString();
        // Characters as titles count them, accents put together with their letters.
        if (NormalForm.C(text).EnumerateRunes().Count() > Limits.TitleCharsAtMost || text.Contains('\0'))
            broken.Add(new Violation("query", Rules.Length, 0, Limits.TitleCharsAtMost));
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
