using System.Globalization;
using System.Text;

namespace Seats.Spelling;

/// <summary>
/// E-mail addresses that mail can be sent to: a dot-atom of ASCII letters before the @ (RFC 5322, 3.4.1) of at most 64 characters, and a
/// domain name behind it, which may be of other letters. Quoted local parts and address literals are not taken: nothing in an address may
/// break a mail header.
/// </summary>
/// <remarks>
/// One mailbox has one canonical form, and addresses are compared in it alone: no blanks around, ASCII letters in lower case, the domain as
/// name servers know it (<c>xn--mller-kva.example</c> for <c>müller.example</c>). No letter beyond ASCII ever becomes one of ASCII: the
/// Kelvin sign is no k.
/// </remarks>
public static class EmailAddress
{
    /// <summary>Of the canonical form.</summary>
    public const int CharsAtMost = 254;

    private const string AtomSigns = "!#$%&'*+/=?^_`{|}~-";
    private const string AsciiPrefix = "xn--";
    private const int LocalCharsAtMost = 64;
    private const int LabelCharsAtMost = 63;
    // It is called with what is in lower case and in form C, and checks the length of labels and the rules for hyphens.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The canonical form; null for what is no address.</summary>
    public static string? Canonical(string? text) => Check(text) is null ? Known(text!.Trim()) : null;

    /// <summary>What is wrong with an address, blanks around it left out of account; null when it is one.</summary>
    public static AddressFault? Check(string? text)
    {
        var address = text?.Trim() ?? "";
        var at = address.IndexOf('@');
        if (at <= 0 || at != address.LastIndexOf('@') || address.Length > CharsAtMost) return AddressFault.Form;
        var local = address[..at];
        if (!Ascii.IsValid(local) && !local.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
            return AddressFault.LocalLetters;
        if (!IsLocal(local) || DomainOf(address[(at + 1)..]) is not { } domain) return AddressFault.Form;
        return at + 1 + domain.Length <= CharsAtMost ? null : AddressFault.Form;
    }

    /// <summary>
    /// An address of another source, in the form that addresses are compared in: canonical, or in lower case where it is of a form that is
    /// not taken here. Null for one that could be mistaken for another.
    /// </summary>
    public static string? Comparable(string? text) =>
        Canonical(text) ?? (text is not null && Ascii.IsValid(text) ? text.Trim().ToLowerInvariant() : null);

    /// <summary>A canonical address as people write it: the domain in its own letters.</summary>
    public static string ToShow(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || !address.AsSpan(at).Contains(AsciiPrefix, StringComparison.Ordinal)) return address;
        return address[..(at + 1)] + string.Join('.', address[(at + 1)..].Split('.').Select(label => OwnLettersOf(label) ?? label));
    }

    private static string Known(string address)
    {
        var at = address.IndexOf('@');
        return address[..at].ToLowerInvariant() + "@" + DomainOf(address[(at + 1)..]);
    }

    private static bool IsLocal(string local) => local.Length <= LocalCharsAtMost
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsOfAtom));

    private static bool IsOfAtom(char letter) => char.IsAsciiLetterOrDigit(letter) || AtomSigns.Contains(letter);

    /// <summary>The ASCII form of a domain; null for what is none.</summary>
    private static string? DomainOf(string domain)
    {
        var labels = domain.Split('.').Select(LabelOf).ToArray();
        return labels.Contains(null) ? null : string.Join('.', labels);
    }

    private static string? LabelOf(string label)
    {
        if (label.Length == 0 || label[0] == '-' || label[^1] == '-') return null;
        if (!Ascii.IsValid(label)) return IsOfOwnLetters(label) ? AsciiOf(NormalForm.C(label).ToLowerInvariant()) : null;
        var lower = label.ToLowerInvariant();
        if (lower.Length > LabelCharsAtMost || !lower.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) return null;
        return !lower.StartsWith(AsciiPrefix, StringComparison.Ordinal) || OwnLettersOf(lower) is not null ? lower : null;
    }

    /// <summary>Letters, digits, hyphens, and marks behind a letter; nothing that stands for ASCII letters.</summary>
    private static bool IsOfOwnLetters(string label)
    {
        var first = true;
        foreach (var rune in label.EnumerateRunes())
        {
            if (!rune.IsAscii && Ascii.IsValid(NormalForm.Kd(rune.ToString()))) return false;
            if (!Rune.IsLetterOrDigit(rune) && rune.Value != '-' && (first || !IsMark(rune))) return false;
            first = false;
        }
        return true;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? AsciiOf(string label)
    {
        try
        {
            var ascii = Idn.GetAscii(label);
            return ascii.Length <= LabelCharsAtMost ? ascii : null;
        }
        catch (ArgumentException)
        {
            // Too long, or hyphens where none may be.
            return null;
        }
    }

    /// <summary>What <c>xn--</c> stands for; null when the label is not the one spelling of anything.</summary>
    private static string? OwnLettersOf(string label)
    {
        if (!label.StartsWith(AsciiPrefix, StringComparison.Ordinal)) return label;
        try
        {
            var own = Idn.GetUnicode(label);
            return own != label && !LookAlikes.HasInvisible(own) && AsciiOf(NormalForm.C(own).ToLowerInvariant()) == label ? own : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>Why a text is no address.</summary>
public enum AddressFault
{
    /// <summary>It has not the form of one.</summary>
    Form,

    /// <summary>There are letters beyond ASCII before the @: mail with those needs an extension that is not spoken here (RFC 6531).</summary>
    LocalLetters,
}
