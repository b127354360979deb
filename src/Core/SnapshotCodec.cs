using System.Runtime.InteropServices;
using System.Text.Json;

namespace Seats.Core;

/// <summary>A state as bytes and back; a cache that may be dropped at any time.</summary>
public static class SnapshotCodec
{
    /// <summary>Changes whenever the bytes of an older program may not be believed.</summary>
    public const int Format = 8;

    /// <summary>The whole state as bytes.</summary>
    public static byte[] Encode(EventState state)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        WriteFacts(writer, [new EventCreated(state.Owner, state.Rules.Settings, [.. state.Places.Layout.Sections.Select(section => section.Placed)])]);
        writer.Write(state.Places.Positions);
        writer.Write(MemoryMarshal.AsBytes(state.Places.States));
        writer.Write(MemoryMarshal.AsBytes(state.Places.Claims));
        state.WriteTo(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The state the bytes hold, or null when another format wrote them.</summary>
    /// <exception cref="JsonException">The bytes are damaged.</exception>
    public static EventState? Decode(long id, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(int) || MemoryMarshal.Read<int>(bytes) != Format) return null;
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        reader.ReadInt32();
        var created = (EventCreated)FactCodec.Decode(reader.ReadBytes(reader.ReadInt32()))[0];
        var positions = reader.ReadInt32();
        var states = MemoryMarshal.Cast<byte, PlaceState>(reader.ReadBytes(positions)).ToArray();
        var claims = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(positions * sizeof(int))).ToArray();
        var state = new EventState(id);
        state.Places.Restore(new Layout(created.Sections), states, claims);
        state.ReadFrom(reader, created);
        return state;
    }

    private static void WriteFacts(BinaryWriter writer, Fact[] facts)
    {
        var bytes = FactCodec.Encode(facts);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
