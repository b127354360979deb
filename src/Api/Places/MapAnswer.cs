using System.Text;
using Seats.Core;

namespace Seats.Api.Places;

/// <summary>The map as clients read it.</summary>
internal sealed record MapAnswer(long EventId, long Version, IReadOnlyList<MapSection> Sections)
{
    public static MapAnswer Of(SeatMap map) => new(map.EventId, map.Version, [.. map.Sections.Select(section => Section(section, map.States))]);

    private static MapSection Section(SectionLayout section, byte[] states)
    {
        if (section.IsArea)
        {
            var units = section.Rows.SelectMany(row => new ArraySegment<byte>(states, row.Base, row.Count)).ToArray();
            return new MapSection(section.Id, section.Name, section.Category, null, units.Count(unit => unit == 'F'), units.Count(unit => unit != '-'));
        }
        return new MapSection(section.Id, section.Name, section.Category,
            [.. section.Rows.Select(row => new MapRow(row.Row, row.First, Letters(states, row))).Where(row => row.States.Length > 0)], null, null);
    }

    /// <summary>The letters of a row up to its last seat; none where no seat is left.</summary>
    private static string Letters(byte[] states, RowLayout row) => Encoding.ASCII.GetString(states, row.Base, row.Count).TrimEnd('-');
}

/// <summary>Rows of letters, or the free and total units of an area.</summary>
internal sealed record MapSection(string Id, string Name, string Category, IReadOnlyList<MapRow>? Rows, int? Free, int? Total);

/// <summary>A row; <paramref name="First"/> is the number of its first position, <paramref name="States"/> one letter a position.</summary>
internal sealed record MapRow(string Row, int First, string States);
