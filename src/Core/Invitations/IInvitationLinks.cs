namespace Seats.Core;

/// <summary>
/// The secret links by which an invitation is answered without an account. Whoever has one was written to at the invitation's address, or
/// was given it by who was.
/// </summary>
public interface IInvitationLinks
{
    /// <summary>What the link of an invitation ends with: always the same.</summary>
    string TokenOf(long eventId, int invitation);

    /// <summary>The invitation a token was made for; null where it is none of ours, or of another event.</summary>
    int? Read(string token, long eventId);
}
