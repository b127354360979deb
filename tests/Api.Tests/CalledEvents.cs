using System.Collections.Concurrent;
using Seats.Grains.Abstractions;

namespace Seats.Api.Tests;

/// <summary>Notes which events the silo called, whether or not they exist.</summary>
internal sealed class CalledEvents : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<long, byte> called = new();

    public bool Contains(long eventId) => called.ContainsKey(eventId);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is IEventGrain grain) called.TryAdd(grain.GetPrimaryKeyLong(), 0);
        return context.Invoke();
    }
}
