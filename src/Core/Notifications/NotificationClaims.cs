using Seats.Spelling;

namespace Seats.Core.Notifications;

/// <summary>Claims as notifications name them.</summary>
internal static class NotificationClaims
{
    /// <summary>Invitations of one address in one mail.</summary>
    public const int InOneAtMost = 20;

    private const int DescriptionCharsAtMost = 600;

    /// <summary>Places by row, in their order; those of an area together. What the plan does not have any more is left out.</summary>
    public static IReadOnlyList<RowFacts> RowsOf(Layout layout, IReadOnlyList<int> positions)
    {
        var isAlone = layout.Sections is [var only] && Plans.IsGenerated(only.Placed);
        var placed = positions.Order().Select(position => (Position: position, Row: layout.RowOf(position)))
            .Where(place => place.Row is not null);
        var rows = placed.GroupBy(place => (place.Row!.Section, Row: place.Row.Section.IsArea ? null : place.Row));
        return [.. rows.Select(group => new RowFacts(
            isAlone ? null : group.Key.Section.Placed.Name,
            group.Key.Row?.Label,
            group.Key.Row is { } row ? [.. group.Select(place => row.First + place.Position - row.Base)] : null,
            group.Count()))];
    }

    /// <summary>The beginning of a description; null for none.</summary>
    public static string? Shortened(string? text) => string.IsNullOrWhiteSpace(text) ? null : Excerpt.Of(text, DescriptionCharsAtMost);
}
