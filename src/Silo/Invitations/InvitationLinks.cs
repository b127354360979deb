using Seats.Core;
using Seats.Silo.Storage;

namespace Seats.Silo.Invitations;

/// <summary>Makes and checks the tokens of invitations, under a key that all silos share.</summary>
internal sealed class InvitationLinks(SharedKeys keys) : IInvitationLinks
{
    private readonly SharedCode code = new(keys, "invitation-links");

    public Task OpenAsync() => code.OpenAsync();

    /// <inheritdoc/>
    public string TokenOf(long eventId, int invitation) =>
        InvitationToken.Write(eventId, invitation, code.Of(InvitationToken.NameOf(eventId, invitation)));

    /// <inheritdoc/>
    public int? Read(string token, long eventId) =>
        InvitationToken.TryRead(token, out var named, out var invitation, out var theirs) && named == eventId
        && code.IsOf(theirs, InvitationToken.NameOf(named, invitation)) ? invitation : null;
}
