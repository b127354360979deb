using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>
/// Which commands were obeyed in the last minutes, in 24 bytes each: half of the id, the version and the minute. It tells a caller that sends a
/// command again after a failure that the first sending was obeyed. Commands under a client's key are remembered in the journal, for a day.
/// </summary>
internal sealed class CommandMemory
{
    private const int Smallest = 64;
    private Slot[] slots = new Slot[Smallest];

    /// <summary>Commands remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The version a command was obeyed at; 0 when it was not.</summary>
    public long Find(Guid id)
    {
        var key = KeyOf(id);
        for (var index = IndexOf(key); slots[index].Version != 0; index = (index + 1) & (slots.Length - 1))
            if (slots[index].Key == key) return slots[index].Version;
        return 0;
    }

    public void Add(Guid id, long version, DateTimeOffset at)
    {
        if ((Count + 1) * 3 > slots.Length * 2) Rebuild(at);
        Place(new Slot(KeyOf(id), version, MinuteOf(at)));
    }

    public byte[] Encode(DateTimeOffset now) => MemoryMarshal.AsBytes(Fresh(now).AsSpan()).ToArray();

    public static CommandMemory Decode(ReadOnlySpan<byte> bytes)
    {
        var saved = MemoryMarshal.Cast<byte, Slot>(bytes);
        var memory = new CommandMemory();
        memory.Resize(saved.Length);
        foreach (var slot in saved) memory.Place(slot);
        return memory;
    }

    private void Place(Slot slot)
    {
        var index = IndexOf(slot.Key);
        while (slots[index].Version != 0) index = (index + 1) & (slots.Length - 1);
        slots[index] = slot;
        Count++;
    }

    private void Rebuild(DateTimeOffset now)
    {
        var kept = Fresh(now);
        Resize(kept.Length + 1);
        foreach (var slot in kept) Place(slot);
    }

    /// <summary>What is young enough; when there is too much of it, the latest.</summary>
    private Slot[] Fresh(DateTimeOffset now)
    {
        var oldest = MinuteOf(now) - Limits.CommandRetryMinutes - 1;
        var fresh = slots.Where(slot => slot.Version != 0 && slot.Minute >= oldest).ToArray();
        return fresh.Length < Limits.CommandsRememberedAtMost ? fresh
            : [.. fresh.OrderByDescending(slot => slot.Version).Take(Limits.CommandsRememberedAtMost / 2)];
    }

    private void Resize(int count)
    {
        var size = Smallest;
        while (size < count * 2) size *= 2;
        (slots, Count) = (new Slot[size], 0);
    }

    private int IndexOf(ulong key) => (int)(key & (ulong)(slots.Length - 1));

    private static ulong KeyOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }

    private static int MinuteOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 60);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Slot(ulong Key, long Version, int Minute);
}
