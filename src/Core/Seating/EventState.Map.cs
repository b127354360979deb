namespace Seats.Core;

public sealed partial class EventState
{
    private bool layoutChanged;

    /// <summary>Positions whose letter changed since the last call, and whether the layout changed; the caller takes them over.</summary>
    public (int[] Positions, bool Layout) TakeChanges()
    {
        var changes = (Places.TakeChanges(), layoutChanged);
        layoutChanged = false;
        return changes;
    }

    /// <summary>The map as it stands.</summary>
    public SeatMap ToMap(long epoch)
    {
        var letters = new byte[Places.Positions];
        for (var position = 0; position < letters.Length; position++) letters[position] = Places.Letter(position);
        return new SeatMap(Id, epoch, Version, Rules.Settings.Visibility ?? Visibility.Public,
            [.. Places.Layout.Sections.Select(ToLayout)], letters);
    }

    private static SectionLayout ToLayout(Section section) => new(
        section.Id, section.Placed.Name, section.Category, section.IsArea,
        [.. section.Rows.Select(row => new RowLayout(row.Label, row.First, row.Count, row.Base))]);
}
