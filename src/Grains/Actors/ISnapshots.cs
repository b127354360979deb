namespace Seats.Grains.Actors;

/// <summary>Where an actor keeps its snapshots: a cache, droppable at any time.</summary>
public interface ISnapshots
{
    /// <summary>The last snapshot, or null.</summary>
    Task<byte[]?> ReadAsync();

    /// <summary>Replaces the snapshot.</summary>
    Task WriteAsync(byte[] snapshot);
}

/// <summary>A snapshot in grain storage.</summary>
[GenerateSerializer, Alias("stored-snapshot")]
public sealed class StoredSnapshot
{
    /// <summary>As <see cref="ActorSnapshot"/> wrote it; empty for none.</summary>
    [Id(0)] public byte[] Bytes { get; set; } = [];
}
