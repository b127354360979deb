using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Seats.Api.Json;
using Seats.Api.Requests;
using Seats.Clustering;
using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Abstractions;
using Seats.Testing;

namespace Seats.Api.Tests.Requests;

/// <summary>Lists over many events: each answers for itself.</summary>
public sealed class ListedEventsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly CountedErrors log = new();
    private readonly ListedEvents listed;

    public ListedEventsTests() =>
        listed = new ListedEvents(
            new Attempts(new GatewayLosses(), TimeProvider.System, NullLogger<Attempts>.Instance), new KnownEvents(new DirectoryCalls(new FakeCluster().Grains, time)), time, log);

    [Fact]
    public async Task EventsThatCannotAnswer_AreLeftOut_AndNamed()
    {
        var heard = await listed.AskAsync([1, 2, 3, 4], id => id switch
        {
            2 => throw new EventUnavailableException("It has stopped.", notApplied: true, stopped: true),
            3 => Task.FromException<string>(new InvalidCastException("a fault nobody foresaw")),
            _ => Task.FromResult($"event {id}"),
        });
        Assert.Equal([1L, 4], heard.Replies.Keys.Order());
        Assert.Equal([2L, 3], heard.Unavailable);
        Assert.Equal(1, log.Errors);
    }

    [Fact]
    public async Task EventThatIsTooSlow_IsWaitedForOnce_AndIsBackWhenItAnswers()
    {
        var slow = new TaskCompletionSource<string>();
        var asked = 0;
        Task<string> Slow() => asked++ == 0 ? slow.Task : Task.FromResult("back");
        Task<ListedReplies<string>> Ask() => listed.AskAsync([1, 2], id => id == 1 ? Task.FromResult("quick") : Slow());
        var first = Ask();
        Assert.False(first.IsCompleted);
        time.Advance(ApiLimits.ListPatience);
        Assert.Equal([2L], (await first).Unavailable);
        // It still owes its answer: nobody waits for it a second time.
        Assert.Equal([2L], (await Ask()).Unavailable);
        Assert.Equal(1, asked);
        slow.SetResult("late");
        await Eventually.TrueAsync(async () => (await Ask()).Replies.GetValueOrDefault(2) == "back", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task SlowEvent_ThatFailsInTheEnd_IsReportedAndForgotten()
    {
        var slow = new TaskCompletionSource<string>();
        var first = listed.AskAsync([1], _ => slow.Task);
        time.Advance(ApiLimits.ListPatience);
        Assert.Equal([1L], (await first).Unavailable);
        slow.SetException(new InvalidCastException("a fault nobody foresaw"));
        Task<ListedReplies<string>> Ask() => listed.AskAsync([1], _ => Task.FromResult("back"));
        await Eventually.TrueAsync(async () => (await Ask()).Unavailable.Count == 0, TimeSpan.FromSeconds(10));
        Assert.Equal(1, log.Errors);
    }

    [Fact]
    public async Task ItemThatCannotBeWritten_FailsNoPage_AndIsReportedOnce()
    {
        static string Text(string view) => view == "two" ? throw new NotSupportedException("no JSON") : view;
        for (var page = 0; page < 3; page++)
        {
            var list = await WriteAsync([(1, "one"), (2, "two"), (3, "three")], Text, "more", [7]);
            Assert.Equal(["one", "three"], list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()));
            Assert.Equal([2L, 7], list.GetProperty("unavailable").EnumerateArray().Select(id => id.GetInt64()));
            Assert.Equal("more", list.GetProperty("next").GetString());
        }
        Assert.Equal(1, log.Errors);
    }

    [Fact]
    public async Task List_WithoutAnything_IsWhole()
    {
        var list = await WriteAsync([], view => view, null, []);
        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
        Assert.Equal(["items"], list.EnumerateObject().Select(member => member.Name));
        var broken = await WriteAsync([(1, "one")], _ => throw new NotSupportedException("no JSON"), null, []);
        Assert.Equal((0, 1), (broken.GetProperty("items").GetArrayLength(), broken.GetProperty("unavailable").GetArrayLength()));
    }

    [Fact]
    public async Task LongList_IsSentPieceByPiece()
    {
        var text = new string('x', ApiLimits.ListBytesUnsentAtMost / 2);
        var list = await WriteAsync([.. Enumerable.Range(1, 9).Select(id => ((long)id, text))], view => view, null, []);
        Assert.Equal(9, list.GetProperty("items").GetArrayLength());
    }

    private async Task<JsonElement> WriteAsync(
        IReadOnlyList<(long, string)> items, Func<string, string> text, string? next, SortedSet<long> unavailable)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        ExplainItem Body(string view) => new(1, DateTimeOffset.UnixEpoch, "TOLD", text(view));
        await listed.WriteAsync(context, items, Body, ApiJson.Answers.ExplainItem, next, unavailable);
        return JsonDocument.Parse(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray())).RootElement;
    }

    private sealed class CountedErrors : ILogger<ListedEvents>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) Errors++;
        }
    }
}
