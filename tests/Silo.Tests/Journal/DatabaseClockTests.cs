using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
using Seats.Grains.Actors;
using Seats.Silo.Journal;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>A silo's clock beside the database's.</summary>
public sealed class DatabaseClockTests
{
    [PostgresFact]
    public async Task ClockThatAgrees_IsBelieved_AndOneThatDiffersByMoreThanAMinute_IsNot()
    {
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres);
        Assert.Null(await TroubleAsync(opened, TimeSpan.Zero));
        Assert.Null(await TroubleAsync(opened, TimeSpan.FromSeconds(45)));
        Assert.Null(await TroubleAsync(opened, TimeSpan.FromSeconds(-45)));
        var ahead = await TroubleAsync(opened, TimeSpan.FromHours(6));
        Assert.Matches(@"is (06:00:0\d|05:59:\d\d) ahead of the database's: nothing is decided here", ahead);
        Assert.Matches(@"is (1\.00:00:0\d|23:59:\d\d) behind the database's", await TroubleAsync(opened, TimeSpan.FromDays(-1)));
    }

    [PostgresFact]
    public async Task ClockThatIsSetBetweenTwoComparisons_ShowsAtOnce()
    {
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres);
        var time = new SetTime();
        var clock = Clock(opened, time);
        await clock.CompareAsync(CancellationToken.None);
        Assert.Null(clock.Trouble);
        time.By = TimeSpan.FromMinutes(2);
        Assert.NotNull(clock.Trouble);
        time.By = TimeSpan.Zero;
        Assert.Null(clock.Trouble);
    }

    [Fact]
    public async Task OneProcessWithItsOwnFile_HasNothingToCompare()
    {
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Sqlite);
        var check = opened.Of<ITimeCheck>();
        await check.CompareAsync(CancellationToken.None);
        Assert.Null(check.Trouble);
    }

    private static async Task<string?> TroubleAsync(JournalUnderTest opened, TimeSpan by)
    {
        var clock = Clock(opened, new SetTime { By = by });
        await clock.CompareAsync(CancellationToken.None);
        return clock.Trouble;
    }

    private static DatabaseClock Clock(JournalUnderTest opened, TimeProvider time) =>
        new(opened.Of<PostgresPools>(), opened.Of<StoreGate>(), time, NullLogger<DatabaseClock>.Instance);

    /// <summary>A clock that somebody set; the time that passes is counted as ever.</summary>
    private sealed class SetTime : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
