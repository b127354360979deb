using Seats.Core.Notifications;
using Seats.TimeZones;

namespace Seats.Mail.Kinds;

/// <summary>Places as one looks for them: <c>Main floor, row 1, seats 5 and 6</c>.</summary>
internal static class PlacesInWords
{
    public static Phrase Of(Claim claim, Words words)
    {
        if (claim.Rows is { Count: > 0 } rows) return Of(rows, words);
        return claim.Seats is { Count: > 0 } seats ? Phrase.OfPeople(Of(seats)) : words.Places(claim.Places);
    }

    private static Phrase Of(IReadOnlyList<RowFacts> rows, Words words)
    {
        var phrase = new Phrase(0, 0);
        string? section = null;
        foreach (var (index, row) in rows.Index())
        {
            if (index > 0) phrase.AppendLiteral(words.Semicolon + " ");
            var isNamed = row.Section is not null && row.Section != section;
            phrase.AppendFormatted(row is { Row: null, Numbers: null } ? Area(row, words) : Seats(row, isNamed, index == 0, words));
            section = row.Section;
        }
        return phrase;
    }

    private static Phrase Area(RowFacts row, Words words)
    {
        if (row.Section is not { } section) return words.Places(row.Count);
        return $"{words.Places(row.Count)}, {new Theirs(section)}";
    }

    private static Phrase Seats(RowFacts row, bool isSectionNamed, bool isFirst, Words words)
    {
        var seats = row.Numbers is { Count: > 0 } numbers ? words.Seats(numbers) : words.Places(row.Count);
        var isStart = isFirst && !isSectionNamed;
        var place = new Phrase(0, 0);
        if (isSectionNamed) place.AppendFormatted((Phrase)$"{new Theirs(row.Section!)}, ");
        if (row.Row is { } name) place.AppendFormatted((Phrase)$"{Begin(words.Row)} {new Theirs(name)}, {seats}");
        else place.AppendLiteral(Begin(seats));
        return place;

        string Begin(string text) => isStart ? Words.Sentence(text) : text;
    }

    /// <summary>As an earlier program named them: units of an area are counted, seats are named.</summary>
    private static string Of(IReadOnlyList<string> seats) => string.Join(
        ", ", seats.GroupBy(seat => seat).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} × {group.Count()}"));
}
