namespace Seats.Grains.Seating;

/// <summary>A state as bytes and back; a cache that may be dropped at any time.</summary>
public static class SnapshotCodec
{
    /// <summary>Changes whenever the bytes of an older program may not be believed.</summary>
    public const int Format = 1;

    /// <summary>The whole state as bytes.</summary>
    public static byte[] Encode(EventState state) => throw new NotImplementedException();

    /// <summary>The state the bytes hold, or null when another format wrote them.</summary>
    public static EventState? Decode(long id, ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
}
