using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains;

public sealed partial class EventGrain
{
    // One history at a time: reading it costs the database more than anything else that people ask for.
    private readonly ReadLimit explanations = new(1, Limits.ExplanationsWaitingAtMost - 1);

    /// <inheritdoc/>
    public Task<Reply<EventView>> Get(Requester by) => Ask((state, now) => Questions.Get(state, by, now));

    /// <inheritdoc/>
    public Task<Reply<HoldPage>> ListHolds(Requester by, int after, int limit) =>
        Ask((state, now) => Questions.Holds(state, by, after, Math.Clamp(limit, 1, Limits.PageAtMost), now));

    /// <inheritdoc/>
    public Task<Reply<HoldView>> GetHold(Requester by, int hold) => Ask((state, now) => Questions.Hold(state, by, hold, now));

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> GetInvitation(Requester by, int invitation) =>
        Ask((state, now) => Questions.Invitation(state, by, invitation, now));

    /// <inheritdoc/>
    public Task<Reply<LinkedInvitation>> GetByLink(string token) =>
        Ask((state, now) => Questions.LinkedInvitation(state, links.Read(token, EventId), now));

    /// <inheritdoc/>
    public Task<Reply<InvitationPage>> GetInvitations(Requester by, IReadOnlyList<int> numbers) =>
        Ask((state, now) => Questions.Invitations(state, by, numbers, now));

    /// <inheritdoc/>
    public Task<Reply<InvitationPage>> ListInvitations(Requester by, InvitationStatus? status, int after, int limit) =>
        Ask((state, now) => Questions.GuestList(state, by, status, after, Math.Clamp(limit, 1, Limits.PageAtMost), now));

    /// <inheritdoc/>
    public Task<Reply<InvitationPage>> ListWaitlist(Requester by, int after, int limit) =>
        Ask((state, now) => Questions.Line(state, by, after, Math.Clamp(limit, 1, Limits.PageAtMost), now));

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> GetWaitlistEntry(Requester by) => Ask((state, now) => Questions.WaitlistEntry(state, by, now));

    /// <inheritdoc/>
    public async Task<Reply<Explanation>> Explain(Requester by, string? place, int? invitation, string locale)
    {
        Explanations? history = null;
        var reply = await Ask<Explanation>((state, _) =>
        {
            (history, var refusal) = Explanations.Begin(state, by, place, invitation, locale);
            return refusal is null ? new Decision<Explanation>([], null, null, 0, false) : refusal;
        });
        if (history is null) return reply;
        try
        {
            return await explanations.RunAsync(async () =>
            {
                await history.ReadAsync(query => journal.ReadHistoryAsync(EventId, query, CancellationToken.None), reply.Version);
                return reply with { Value = history.Tell() };
            });
        }
        catch (JournalUnavailableException unavailable)
        {
            throw new EventUnavailableException(unavailable.Message, notApplied: true);
        }
    }
}
