using System.Text.RegularExpressions;

namespace Seats.Mail.Transports;

/// <summary>
/// Whether a refusal in answer to RCPT is about the recipient, or about us. Servers that do not want our mail at all ("relaying denied",
/// "client host blocked") often say so there: taken for the recipient's, it would end everybody's mail one by one.
/// </summary>
internal static partial class RecipientReply
{
    /// <summary>Reply code of a server that goes away (RFC 5321, 3.8).</summary>
    public const int ServiceClosing = 421;

    /// <param name="code">Reply code of RFC 5321.</param>
    /// <param name="text">What follows the code, as a rule with an enhanced status code (RFC 3463) in front.</param>
    public static bool IsAboutTheRecipient(int code, string text)
    {
        if (code == ServiceClosing) return false;
        // Refused for now: the server works, and this mailbox has to wait (greylisting, quota).
        if (code < 500) return true;
        if (Enhanced().Match(text) is { Success: true } enhanced)
            // X.1 is about the address and X.2 about the mailbox (RFC 3463, 3.2 and 3.3), but for X.1.7 and X.1.8, which are the sender's.
            return enhanced.Groups["subject"].Value is "1" or "2" && enhanced.Value is not ("5.1.7" or "5.1.8");
        // Without one only these speak of a mailbox (RFC 5321, 4.2.3); those that relay nothing for us use them too.
        return code is 550 or 551 or 552 or 553 && !AboutUs().IsMatch(text);
    }

    [GeneratedRegex(@"\b5\.(?<subject>[0-9]{1,3})\.[0-9]{1,3}\b")]
    private static partial Regex Enhanced();

    [GeneratedRegex("relay|denied|block|blacklist|spam|policy|sender|client|host|authenticat|not permitted|not allowed", RegexOptions.IgnoreCase)]
    private static partial Regex AboutUs();
}
