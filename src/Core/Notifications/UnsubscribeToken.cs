namespace Seats.Core.Notifications;

/// <summary>Tokens of links that decline mails: those about invitations say so in front, all others are about reminders.</summary>
public static class UnsubscribeToken
{
    /// <summary>What a token about invitations begins with.</summary>
    public const string OfInvitations = "invitations.";

    public static bool IsOfInvitations(string token) => token.StartsWith(OfInvitations, StringComparison.Ordinal);
}
