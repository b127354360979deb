using System.Globalization;
using Microsoft.Extensions.Configuration;
using Seats.Core;
using Seats.Grains.Journal;
using CoreState = Seats.Core.EventState;

namespace Seats.Api.Tests;

/// <summary>What one person may have, hold and begin; told with a code of its own.</summary>
[Collection(SharedServer.Name)]
public sealed class PersonLimitTests(SeatsServer server)
{
    [Fact]
    public async Task ThreeLapsedHolds_MakeAPersonWait_AndTheRefusalSaysHowLong()
    {
        var id = await HistoryAsync("hoarder", (history, person) =>
        {
            foreach (var seconds in new[] { -180, -135, -90 })
            {
                history.Do(seconds, person, new HoldSeats(PlaceWish.Any(1)), Decider.Decide);
                history.Settle(seconds + 30);
            }
        });
        var hoarder = await server.SignInAsync("hoarder");
        var path = $"/invitations/{id}/seats/lock";
        var refused = (await hoarder.PostAsync(path, new { places = 1 }, ("Accept-Language", "fr"))).Must(409, "limit.hoarding");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 480, 540);
        Assert.True(refused["retryable"].GetBoolean());
        Assert.Contains("Vous pourrez à nouveau réserver à 20", refused.Text("detail"), StringComparison.Ordinal);
        var body = new { eventId = id, places = 1, confirm = true };
        var registered = (await hoarder.PostAsync("/invitations", body)).Must(409, "limit.hoarding");
        Assert.InRange(registered["at"].GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(9));
        (await server.Jane.PostAsync(path, new { places = 1 })).Must(201);
        (await hoarder.PostAsync($"/events/{id}/waitlist/join")).Must(201);
        var page = (await hoarder.GetAsync("/problems/limit.hoarding")).Must(200).Body;
        Assert.Contains("Too many holds without a registration", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvitationsThatEnded_AreBoundedForOnePerson()
    {
        var id = await HistoryAsync("joiner", (history, person) =>
        {
            for (var round = 0; round < Limits.InvitationsEndedPerPersonAtMost; round++)
            {
                history.Do(-60, person, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
                history.Do(-60, person, new LeaveWaitlist(), Decider.Decide);
            }
        });
        var joiner = await server.SignInAsync("joiner");
        var refused = (await joiner.PostAsync($"/events/{id}/waitlist/join")).Must(409, "limit.invitations");
        Assert.Equal(Limits.InvitationsEndedPerPersonAtMost, refused["limit"].GetInt32());
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
        (await joiner.PostAsync("/invitations", new { eventId = id, places = 1 })).Must(409, "limit.invitations");
        (await server.Jane.PostAsync($"/events/{id}/waitlist/join")).Must(201);
    }

    [Fact]
    public async Task EventsOfOnePerson_AreBounded_WhileTheyAreStillToCome()
    {
        using var limit = Setting("Limits:EventsPerPerson", 2);
        var planner = await server.RegisterAsync("planner");
        var first = (await planner.PostAsync("/events", Event(10))).Must(201)["id"].GetInt64();
        (await planner.PostAsync("/events", Event(10), ("Idempotency-Key", "the-second"))).Must(201);
        var refused = (await planner.PostAsync("/events", Event(10), ("Idempotency-Key", "the-third"))).Must(409, "limit.events");
        Assert.Equal((2, 2), (refused["limit"].GetInt32(), refused["mine"].GetInt32()));
        // What filled the bound is told again.
        var again = (await planner.PostAsync("/events", Event(10), ("Idempotency-Key", "the-second"))).Must(201);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        (await planner.PutAsync($"/events/{first}", new { title = "Still mine to change", maxCapacity = 500 })).Must(200);
        (await planner.DeleteAsync($"/events/{first}")).Must(200);
        (await planner.PostAsync("/events", Event(10), ("Idempotency-Key", "the-third"))).Must(201);
        for (var number = 0; number < 3; number++) (await server.Admin.PostAsync("/events", Event(10))).Must(201);
    }

    [Fact]
    public async Task UnlistedEvent_ThatWasRefusedAtFirst_HasAnIdThatNobodyFindsByCounting()
    {
        using var limit = Setting("Limits:EventsPerPerson", 1);
        var planner = await server.RegisterAsync("secret.planner");
        var first = (await planner.PostAsync("/events", Event(10))).Must(201)["id"].GetInt64();
        var secret = new { title = "Secret", eventDate = "2031-01-01T20:00", maxCapacity = 10, visibility = "UNLISTED" };
        (await planner.PostAsync("/events", secret, ("Idempotency-Key", "secret"))).Must(409, "limit.events");
        (await planner.DeleteAsync($"/events/{first}")).Must(200);
        var made = (await planner.PostAsync("/events", secret, ("Idempotency-Key", "secret"))).Must(201);
        Assert.InRange(made["id"].GetInt64(), EventIds.FirstDrawn, long.MaxValue);
    }

    [Fact]
    public async Task PlacesThatOnePersonPlans_AreBounded_InNewEventsAndInThoseThatGrow()
    {
        using var limit = Setting("Limits:PlacesPlannedPerPerson", 100);
        var planner = await server.RegisterAsync("place.planner");
        var first = (await planner.PostAsync("/events", Event(60))).Must(201)["id"].GetInt64();
        var refused = (await planner.PostAsync("/events", Event(41))).Must(409, "limit.planned");
        Assert.Equal((100, 60), (refused["limit"].GetInt32(), refused["mine"].GetInt32()));
        object Plan(int standing) => new
        {
            title = "Planned",
            eventDate = "2031-01-01T20:00",
            seating = new
            {
                sections = new object[]
                {
                    new { id = "a", rows = new[] { new { row = "1", seats = 22, gaps = new[] { 2, 3 } } } },
                    new { id = "b", capacity = standing },
                },
            },
        };
        (await planner.PostAsync("/events", Plan(21))).Must(409, "limit.planned");
        (await planner.PostAsync("/events", Plan(20))).Must(201);
        var more = new { maxCapacity = 61 };
        var grown = (await planner.PutAsync($"/events/{first}", more, ("Accept-Language", "fr"))).Must(409, "limit.planned");
        Assert.Contains("réduisez un autre événement", grown.Text("detail"), StringComparison.Ordinal);
        (await server.Jane.PutAsync($"/events/{first}", more)).Must(403, "forbidden");
        (await planner.PutAsync($"/events/{first}", new { maxCapacity = 50 })).Must(200);
        (await planner.PutAsync($"/events/{first}", new { maxCapacity = 60 })).Must(200);
        (await server.Admin.PutAsync($"/events/{first}", new { maxCapacity = 1_000 })).Must(200);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void BoundThatIsNone_IsRefusedAtTheStart(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Limits:EventsPerPerson", value)]).Build();
        Assert.Throws<InvalidOperationException>(() => Seats.Api.Events.PlannedQuota.BoundsOf(configuration));
    }

    private static object Event(int maxCapacity) => new { title = "Planned", eventDate = "2031-01-01T20:00", maxCapacity };

    private Restored Setting(string key, int value)
    {
        var configuration = server.Service<IConfiguration>();
        configuration[key] = value.ToString(CultureInfo.InvariantCulture);
        return new Restored(() => configuration[key] = null);
    }

    /// <summary>An event with a past that somebody new had in it, as the journal would have it; nobody has called it yet.</summary>
    private async Task<long> HistoryAsync(string username, Action<History, Requester> tell)
    {
        var client = await server.RegisterAsync(username);
        var person = new Requester((await client.GetAsync("/api/users/profile")).Must(200).Text("id"), $"{username}@example.com", false);
        var journal = server.Service<IJournal>();
        var history = new History(await journal.AllocateEventIdAsync(Guid.NewGuid(), unguessable: false, CancellationToken.None));
        tell(history, person);
        Assert.Equal(AppendOutcome.Committed, await journal.AppendAsync(history.ToSlice()));
        return history.Id;
    }

    private sealed class Restored(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }

    /// <summary>Decides as the event would have, at times of the past.</summary>
    private sealed class History
    {
        private readonly DateTimeOffset now = DateTimeOffset.UtcNow;
        private readonly CoreState state;
        private readonly List<JournalEntry> entries = [];

        public History(long id)
        {
            state = new CoreState(id);
            var settings = new EventSettings { Title = "With a past", StartsAt = now.AddDays(30), Capacity = 20, HoldSeconds = 30 };
            Do(-3_600, new Requester("organiser-of-old", "old@example.com", false), new CreateEvent(settings), Decider.Decide);
        }

        public long Id => state.Id;

        public void Do<TCommand, T>(int seconds, Requester by, TCommand command, Decide<TCommand, T> decide)
            where T : class
        {
            var decision = decide(state, by, command, now.AddSeconds(seconds));
            Assert.Null(decision.Refusal);
            Append(decision.Facts, now.AddSeconds(seconds));
        }

        public void Settle(int seconds) => Append(Turn.Due(state, now.AddSeconds(seconds)), now.AddSeconds(seconds));

        public Slice ToSlice()
        {
            var (row, invitations) = state.TakeIndexChanges();
            return new Slice(Id, 0, 0, entries, new IndexChanges(row, invitations, [], state.NextDeadline));
        }

        private void Append(IReadOnlyList<Fact> facts, DateTimeOffset at)
        {
            Assert.NotEmpty(facts);
            var all = Turn.Run(state, facts, at, invitation => $"ticket-{invitation}");
            entries.Add(new JournalEntry(state.Version, at, null, 0, FactCodec.Kinds(all), FactCodec.Encode(all)));
        }
    }
}
