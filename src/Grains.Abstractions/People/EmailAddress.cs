namespace Seats.Grains.Abstractions;

/// <summary>
/// Whether a text is an address that mail can be sent to: a dot-atom before the @ (RFC 5322, 3.4.1) of at most 64 characters, and a domain name behind it,
/// which may be of other letters than ASCII. Quoted local parts and address literals are not taken: nothing in an address may break a mail header.
/// </summary>
public static class EmailAddress
{
    private const string AtomSigns = "!#$%&'*+/=?^_`{|}~-";
    private const int LocalCharsAtMost = 64;
    private const int LabelCharsAtMost = 63;

    public static bool IsPlausible(string? text)
    {
        if (text is null || text.Length is < 3 or > Limits.EmailCharsAtMost) return false;
        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && at <= LocalCharsAtMost && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(string local) =>
        local.Split('.').All(atom => atom.Length > 0 && atom.All(letter => char.IsAsciiLetterOrDigit(letter) || AtomSigns.Contains(letter)));

    private static bool IsDomain(string domain) => domain.Length > 0
        && domain.Split('.').All(label => label.Length is > 0 and <= LabelCharsAtMost && label[0] != '-' && label[^1] != '-' && label.All(letter => char.IsLetterOrDigit(letter) || letter == '-'));
}
