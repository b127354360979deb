namespace Seats.Core.Tests;

/// <summary>One event in a test: given commands, when a command, then facts, a refusal or an answer; decided as the actor decides.</summary>
internal sealed class Scene(Portions? portions = null)
{
    public static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Requester Owner = new("owner", "owner@example.com", false);
    public static readonly Requester John = new("john", "john.doe@example.com", false);
    public static readonly Requester Jane = new("jane", "jane.doe@example.com", false);
    public static readonly Requester Jim = new("jim", "jim.doe@example.com", false);

    public EventState State { get; } = new(1) { Portions = portions ?? Portions.Default };

    public List<(long Version, DateTimeOffset At, IReadOnlyList<Fact> Facts)> Journal { get; } = [];

    public DateTimeOffset Now { get; private set; } = Start;

    public Refusal? Refusal { get; private set; }

    /// <summary>The reply to the last command, if it led to facts.</summary>
    public object? Reply { get; private set; }

    public IReadOnlyList<Fact> LastFacts => Journal.Count == 0 ? [] : Journal[^1].Facts;

    public static EventSettings Settings => new() { Title = "First night", StartsAt = Start.AddDays(30), Capacity = 20 };

    public static Scene WithEvent(Func<EventSettings, EventSettings>? change = null, Portions? portions = null)
    {
        var scene = new Scene(portions);
        scene.When(Owner, new CreateEvent(change?.Invoke(Settings) ?? Settings), Decider.Decide);
        Assert.Null(scene.Refusal);
        return scene;
    }

    /// <summary>Two sections: rows in front, an area behind.</summary>
    public static Scene WithPlan(params SectionPlan[] sections) =>
        WithEvent(settings => settings with { Capacity = null, Plan = new SeatingPlan(sections) });

    public static SectionPlan Rows(string id, string category, params int[] seats) =>
        new(id, id, category, [.. seats.Select((count, index) => new RowPlan($"{index + 1}", count, 1, []))], null);

    public static SectionPlan Area(string id, string category, int capacity) => new(id, id, category, null, capacity);

    public Scene After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Decides a command as the actor does: what is due first, as an entry of its own; then the command and what follows from it.</summary>
    public T? When<TCommand, T>(Requester by, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        Settle();
        var decision = decide(State, by, command, Now);
        Refusal = decision.Refusal;
        if (decision.Facts.Count > 0) Append(decision.Facts);
        var value = decision.Refusal is null ? decision.Answer!(State, decision.Subject, Now) : null;
        Reply = decision.Facts.Count > 0 ? new Reply<T>(State.Version, value, null, false, decision.Made) : null;
        return value;
    }

    public void Settle()
    {
        Reply = null;
        if (Turn.Due(State, Now) is { Count: > 0 } due) Append(due);
    }

    /// <summary>Goes on until nothing is due any more; returns how many versions that took.</summary>
    public int Drain()
    {
        var before = State.Version;
        while (State.NextDeadline <= Now)
        {
            var version = State.Version;
            Settle();
            Assert.Equal(version + 1, State.Version);
        }
        return (int)(State.Version - before);
    }

    public HoldView? Hold(Requester by, params string[] seats) => When(by, new HoldSeats(PlaceWish.Named(seats)), Decider.Decide);

    public HoldView? HoldAny(Requester by, int places, bool together = true) =>
        When(by, new HoldSeats(PlaceWish.Any(places) with { Together = together }), Decider.Decide);

    public InvitationView? Join(Requester by, int places = 1, bool together = false, params string[] categories) =>
        When(by, new JoinWaitlist(new WaitlistWish(places, together, categories)), Decider.Decide);

    public InvitationView? Register(Requester by, PlaceWish wish, bool confirm = true, bool orWait = true) =>
        When(by, new Register(new Registration(null, wish, confirm, orWait)), Decider.Decide);

    public InvitationView? Confirm(Requester by, int invitation) => When(by, new ConfirmInvitation(invitation), Decider.Decide);

    public InvitationView? Cancel(Requester by, int invitation) => When(by, new CancelInvitation(invitation, null), Decider.Decide);

    public InvitationView? Read(int invitation) => Views.Invitation(State, invitation, Now);

    public PlaceCounts Counts => Views.Counts(State);

    /// <summary>A row as the map shows it: up to its last seat.</summary>
    public string Row(string section = "main", string row = "1")
    {
        var found = State.Places.Layout.Find(section)!.FindRow(row)!;
        return string.Concat(Enumerable.Range(found.Base, found.Count).Select(position => (char)State.Letter(position))).TrimEnd('-');
    }

    public Scene ThenRefused(RefusalStatus status)
    {
        Assert.Equal(status, Refusal?.Status);
        return this;
    }

    /// <summary>Facts of an earlier program, which nobody would decide today.</summary>
    public void Given(params Fact[] facts) => Append(facts);

    private void Append(IReadOnlyList<Fact> facts)
    {
        var all = Turn.Run(State, facts, Now, invitation => $"ticket-{invitation}");
        Journal.Add((State.Version, Now, all));
    }
}
