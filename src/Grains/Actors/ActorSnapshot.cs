using System.Buffers.Binary;
using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>An actor as bytes: its command memory, then its state.</summary>
internal static class ActorSnapshot
{
    public static byte[] Encode(EventState state, CommandMemory memory, DateTimeOffset now)
    {
        var (remembered, seating) = (memory.Encode(now), SnapshotCodec.Encode(state));
        var bytes = new byte[sizeof(int) + remembered.Length + seating.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, remembered.Length);
        remembered.CopyTo(bytes, sizeof(int));
        seating.CopyTo(bytes, sizeof(int) + remembered.Length);
        return bytes;
    }

    /// <summary>Null when another format wrote it.</summary>
    public static (EventState State, CommandMemory Memory)? Decode(long eventId, byte[] bytes)
    {
        if (bytes.Length <= sizeof(int)) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - sizeof(int)) return null;
        if (SnapshotCodec.Decode(eventId, bytes.AsSpan(sizeof(int) + length)) is not { } state) return null;
        return (state, CommandMemory.Decode(bytes.AsSpan(sizeof(int), length)));
    }
}
