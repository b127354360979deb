using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Places;

/// <summary>From the ways people name places to a wish.</summary>
internal static class Wishes
{
    /// <summary>Named places from <c>seats</c>, or from <c>seatRow</c> with <c>seatNumber</c>; null when neither is there.</summary>
    public static (IReadOnlyList<string>? Seats, Violation? Broken) Named(
        IReadOnlyList<string>? seats, string? section, string? row, int? number)
    {
        if (row is null != number is null) return (null, new Violation(row is null ? "seatRow" : "seatNumber", Rules.Required));
        if (row is not null && seats is not null) return (null, new Violation("seats", Rules.Conflict));
        if (section is not null && row is null) return (null, new Violation("section", Rules.Conflict));
        if (row is not null) return ([section is null ? $"{row}/{number}" : $"{section}/{row}/{number}"], null);
        if (seats is null) return (null, null);
        if (seats.Count is 0 or > Limits.PlacesInOneCommandAtMost) return (null, new Violation("seats", Rules.Count, 1, Limits.PlacesInOneCommandAtMost));
        return NoName(seats) is { } broken ? (null, broken) : (seats, null);
    }

    /// <summary>What cannot be the name of a place, or null.</summary>
    public static Violation? NoName(IReadOnlyList<string?> seats)
    {
        for (var index = 0; index < seats.Count; index++)
        {
            if (seats[index] is not { } name) return new Violation($"seats[{index}]", Types.Text);
            if (name.Length > Limits.PlaceCharsAtMost) return new Violation($"seats[{index}]", Rules.Length, 1, Limits.PlaceCharsAtMost);
        }
        return null;
    }

    /// <summary>What cannot be a list of sections or categories to choose from, or null.</summary>
    public static Violation? NoChoice(string member, IReadOnlyList<string?>? labels)
    {
        if (labels is null) return null;
        if (labels.Count > Limits.SectionsAtMost) return new Violation(member, Rules.Count, 0, Limits.SectionsAtMost);
        for (var index = 0; index < labels.Count; index++)
            if (labels[index] is null) return new Violation($"{member}[{index}]", Types.Text);
        return null;
    }

    /// <summary>A wish for named or any places; the default is side by side.</summary>
    public static (PlaceWish? Wish, Violation? Broken) Of(LockBody body)
    {
        var (seats, broken) = Named(body.Seats, body.Section, body.SeatRow, body.SeatNumber);
        if (broken is not null) return (null, broken);
        if (seats is not null)
            return body.Places is not null || body.Sections is not null || body.Categories is not null
                ? (null, new Violation("places", Rules.Conflict))
                : (PlaceWish.Named(seats), null);
        if (body.Places is null) return (null, new Violation("seats", Rules.Required));
        if ((NoChoice("sections", body.Sections) ?? NoChoice("categories", body.Categories)) is { } unclear) return (null, unclear);
        return (new PlaceWish(null, body.Places.Value, body.Sections ?? [], body.Categories ?? [], body.Together ?? true), null);
    }
}
