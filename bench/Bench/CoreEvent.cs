using System.Diagnostics;
using Seats.Core;

namespace Seats.Bench;

/// <summary>One event without its actor: decides, applies and encodes as the actor does, and notes what the turns cost.</summary>
internal sealed class CoreEvent
{
    private const string Ticket = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly EventState state = new(1);
    private DateTimeOffset now = Start;

    public CoreEvent(Func<EventSettings, EventSettings> change) =>
        Do(Owner, new CreateEvent(change(new EventSettings { Title = "Bench", StartsAt = Start.AddDays(30) })), Decider.Decide);

    public static Requester Owner { get; } = new("owner", "owner@example.com", false);

    /// <summary>Milliseconds of each turn, since they were forgotten.</summary>
    public List<double> Turns { get; } = [];

    /// <summary>Bytes of the largest version.</summary>
    public int Largest { get; private set; }
    public int Promoted { get; private set; }

    public static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);

    /// <summary>Decides a command that must be accepted, and applies it.</summary>
    public void Do<TCommand, T>(Requester by, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        Settle();
        var began = Stopwatch.GetTimestamp();
        var decision = decide(state, by, command, now);
        if (decision.Refusal is { } refusal) throw new InvalidOperationException($"{command}: {refusal.Status}");
        Append(decision.Facts, began);
        decision.Answer!(state, decision.Subject, now);
    }

    public void Refuse(Requester by, HoldSeats command)
    {
        Settle();
        var status = Decider.Decide(state, by, command, now).Refusal?.Status;
        if (status != RefusalStatus.SeatsTaken) throw new InvalidOperationException($"It is not taken: {status}.");
    }

    /// <summary>Microseconds of a call: the median of many, which another program on the same processor does not move.</summary>
    public static double Measure(int calls, Action<int> call)
    {
        var times = new double[calls];
        for (var number = 0; number < calls; number++)
        {
            var began = Stopwatch.GetTimestamp();
            call(number);
            times[number] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }
        return LoadGenerator.At([.. times.Order()], 0.5);
    }

    /// <summary>Goes on until nothing is due.</summary>
    public void Drain()
    {
        while (Settle())
        {
        }
    }

    public void HoldsLapse() => now += TimeSpan.FromSeconds(Limits.HoldSecondsDefault);

    public void ForgetTurns()
    {
        Turns.Clear();
        (Largest, Promoted) = (0, 0);
    }

    private bool Settle()
    {
        var began = Stopwatch.GetTimestamp();
        if (Turn.Due(state, now) is not { Count: > 0 } due) return false;
        Append(due, began);
        return true;
    }

    private void Append(IReadOnlyList<Fact> facts, long began)
    {
        var all = Turn.Run(state, facts, now, _ => Ticket);
        Promoted += all.Count(fact => fact is WaitlistPromoted);
        Largest = Math.Max(Largest, FactCodec.Encode(all).Length);
        Turns.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}
