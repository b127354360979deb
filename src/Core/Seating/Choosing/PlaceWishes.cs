namespace Seats.Core;

internal static class PlaceWishes
{
    /// <summary>Whether a section is among those asked for.</summary>
    public static bool Wants(this PlaceWish wish, Section section) =>
        (wish.Sections.Count == 0 || wish.Sections.Contains(section.Id))
        && (wish.Categories.Count == 0 || wish.Categories.Contains(section.Category));
}
