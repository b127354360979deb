using System.Collections.Concurrent;
using System.Reflection;
using Seats.Grains.Abstractions;

namespace Seats.Api.Tests;

/// <summary>Stands in for the cluster: a directory and events that a test answers for, and references that are counted.</summary>
internal sealed class FakeCluster
{
    public FakeCluster()
    {
        Grains = DispatchProxy.Create<IGrainFactory, Proxy>();
        ((Proxy)(object)Grains).Answer = (method, arguments) => method.Name switch
        {
            nameof(IGrainFactory.GetGrain) => GrainOf(method.GetGenericArguments().Single(), (long)arguments[0]!),
            nameof(IGrainFactory.CreateObjectReference) => Reference(1, arguments[0]),
            nameof(IGrainFactory.DeleteObjectReference) => Reference(-1, null),
            _ => throw new NotSupportedException(method.Name),
        };
    }

    public IGrainFactory Grains { get; }

    /// <summary>What the directory answers.</summary>
    public Func<long[], Task<long[]>> FindExisting { get; set; } = Task.FromResult;

    /// <summary>What an event answers to a call of this name.</summary>
    public Func<long, string, Task> Event { get; set; } = (_, call) => throw new NotSupportedException(call);

    /// <summary>References that were made and not deleted.</summary>
    public int References => references;

    /// <summary>Keys of the directory grains that were asked, in order.</summary>
    public ConcurrentQueue<long> DirectoriesAsked { get; } = [];

    private int references;

    private object? Reference(int more, object? observer)
    {
        Interlocked.Add(ref references, more);
        return observer;
    }

    private object GrainOf(Type type, long key) => type == typeof(IDirectoryGrain) ? DirectoryOf(key) : EventOf(key);

    private IDirectoryGrain DirectoryOf(long key)
    {
        var grain = DispatchProxy.Create<IDirectoryGrain, Proxy>();
        ((Proxy)(object)grain).Answer = (_, arguments) =>
        {
            DirectoriesAsked.Enqueue(key);
            return FindExisting((long[])arguments[0]!);
        };
        return grain;
    }

    private IEventGrain EventOf(long eventId)
    {
        var grain = DispatchProxy.Create<IEventGrain, Proxy>();
        ((Proxy)(object)grain).Answer = (method, _) => Event(eventId, method.Name);
        return grain;
    }

    /// <summary>An interface whose every call a function answers.</summary>
    internal class Proxy : DispatchProxy
    {
        public Func<MethodInfo, object?[], object?> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!, args ?? []);
    }
}
