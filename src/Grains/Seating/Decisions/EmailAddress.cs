using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>Whether a text can be an e-mail address: one @ with something on both sides, and nothing that could break a mail header.</summary>
public static class EmailAddress
{
    public static bool IsPlausible(string? text)
    {
        if (text is null || text.Length is < 3 or > Limits.EmailCharsAtMost) return false;
        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1
            && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '"' or '<' or '>' or ',' or ';' or '\u2028' or '\u2029');
    }
}
