namespace Seats.Core;

/// <summary>Why an invitation in its present status does not allow what was asked.</summary>
internal static class Refusals
{
    public static Refusal For(InvitationStatus status) => new(status switch
    {
        InvitationStatus.Cancelled => RefusalStatus.InvitationCancelled,
        InvitationStatus.Declined => RefusalStatus.InvitationDeclined,
        InvitationStatus.Expired => RefusalStatus.InvitationExpired,
        InvitationStatus.Waitlist => RefusalStatus.InvitationWaiting,
        InvitationStatus.Confirmed or InvitationStatus.Pending => RefusalStatus.InvitationConfirmed,
    });
}
