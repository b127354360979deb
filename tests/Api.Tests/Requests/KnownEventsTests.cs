using Microsoft.Extensions.Time.Testing;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Testing;

namespace Seats.Api.Tests.Requests;

/// <summary>Which events exist, as a node finds out.</summary>
public sealed class KnownEventsTests
{
    private readonly FakeCluster cluster = new();
    private readonly FakeTimeProvider time = new();
    private readonly List<(long[] Asked, TaskCompletionSource<long[]> Answer)> questions = [];
    private readonly KnownEvents known;

    public KnownEventsTests()
    {
        known = new KnownEvents(new DirectoryCalls(cluster.Grains, time));
        cluster.FindExisting = asked =>
        {
            var answer = new TaskCompletionSource<long[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (questions) questions.Add((asked, answer));
            return answer.Task;
        };
    }

    [Fact]
    public async Task CallsThatWait_AreAskedForTogether_OneQuestionAtATime()
    {
        var first = known.ExistsAsync(1).AsTask();
        await AskedAsync(1);
        Task<bool>[] later = [.. Enumerable.Range(2, 500).Select(id => known.ExistsAsync(id).AsTask())];
        var alike = known.ExistsAsync(2).AsTask();
        Assert.Single(questions);
        questions[0].Answer.SetResult([1]);
        Assert.True(await first);
        await AskedAsync(2);
        Assert.Equal(Enumerable.Range(2, 500).Select(id => (long)id), questions[1].Asked.Order());
        questions[1].Answer.SetResult([2, 7]);
        var answers = await Task.WhenAll(later);
        Assert.Equal([2, 7], Enumerable.Range(0, answers.Length).Where(index => answers[index]).Select(index => index + 2));
        Assert.True(await alike);
        Assert.Equal(2, questions.Count);
    }

    [Fact]
    public async Task EventThatExists_IsRemembered_AndOneThatDoesNot_IsAskedForAgain()
    {
        cluster.FindExisting = asked => Task.FromResult(asked.Where(id => id == 1).ToArray());
        Assert.True(await known.ExistsAsync(1));
        Assert.False(await known.ExistsAsync(2));
        Assert.False(await known.ExistsAsync(2));
        cluster.FindExisting = asked => Task.FromResult(asked.Contains(1) ? throw new NotSupportedException("Asked twice.") : asked);
        Assert.True(await known.ExistsAsync(1));
        // Created on another node meanwhile.
        Assert.True(await known.ExistsAsync(2));
        known.Note(3);
        cluster.FindExisting = _ => throw new NotSupportedException("Asked for a known event.");
        Assert.True(await known.ExistsAsync(3));
    }

    [Fact]
    public async Task QuestionThatIsBeingAsked_IsNoAnswer_ForACallThatCameAfterIt()
    {
        var early = known.ExistsAsync(1).AsTask();
        await AskedAsync(1);
        // The event is created after the directory looked and before it answered; its creator then asks here.
        var late = known.ExistsAsync(1).AsTask();
        questions[0].Answer.SetResult([]);
        Assert.False(await early);
        await AskedAsync(2);
        questions[1].Answer.SetResult([1]);
        Assert.True(await late);
    }

    [Fact]
    public async Task Calls_BeyondTheBound_AreToldThatNothingHappened()
    {
        var first = known.ExistsAsync(1).AsTask();
        await AskedAsync(1);
        var numbers = Enumerable.Range(0, ApiLimits.CallsForUnknownEventsAtMost);
        Task<bool>[] waiting = [.. numbers.Select(number => known.ExistsAsync(2 + number % 10).AsTask())];
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => known.ExistsAsync(99).AsTask())).NotApplied);
        questions[0].Answer.SetResult([]);
        Assert.False(await first);
        await AskedAsync(2);
        Assert.Equal(10, questions[1].Asked.Length);
        questions[1].Answer.SetResult([2]);
        Assert.Equal(waiting.Length / 10, (await Task.WhenAll(waiting)).Count(exists => exists));
    }

    [Fact]
    public async Task DirectoryThatDoesNotAnswer_IsAskedOnAnotherSilo_AndThenGivenUp()
    {
        var first = known.ExistsAsync(1).AsTask();
        await AskedAsync(1);
        var second = known.ExistsAsync(2).AsTask();
        time.Advance(ApiLimits.DirectoryPatience);
        await AskedAsync(2);
        time.Advance(ApiLimits.DirectoryPatience);
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => first)).NotApplied);
        await AskedAsync(3);
        Assert.Equal([0L, 1, 2], cluster.DirectoriesAsked);
        Assert.Equal([1L, 1, 2], questions.Select(question => question.Asked.Single()));
        questions[2].Answer.SetException(new EventUnavailableException("away", notApplied: false));
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => second)).NotApplied);
        cluster.FindExisting = Task.FromResult;
        Assert.True(await known.ExistsAsync(1));
    }

    private Task AskedAsync(int count) => Eventually.TrueAsync(
        () =>
        {
            lock (questions) return questions.Count == count;
        },
        TimeSpan.FromSeconds(10));
}
