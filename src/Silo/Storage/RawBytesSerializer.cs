using Orleans.Storage;
using Seats.Grains.Actors;

namespace Seats.Silo.Storage;

/// <summary>Snapshots are bytes already: they are stored as they are.</summary>
internal sealed class RawBytesSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => input is StoredSnapshot snapshot
        ? new BinaryData(snapshot.Bytes)
        : throw new NotSupportedException($"Only snapshots are kept here, not {typeof(T)}.");

    public T Deserialize<T>(BinaryData input) => (T)(object)new StoredSnapshot { Bytes = input.ToArray() };
}
