using Seats.Api.Docs;
using Seats.Api.Invitations;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.CheckIn;

internal sealed record TicketBody(string? TicketCode);

/// <summary>A ticket at the door.</summary>
internal sealed record CheckInAnswer(InvitationAnswer Invitation, long Version, DateTimeOffset? CheckedInAt, string? By);

/// <summary>Public keys as a JSON Web Key Set (RFC 7517).</summary>
internal sealed record TicketKeysAnswer(IReadOnlyList<TicketKeyBody> Keys);

/// <summary>A public key on P-256 (RFC 7518, 6.2.1).</summary>
internal sealed record TicketKeyBody(string Kty, string Crv, string Alg, string Use, string Kid, string X, string Y)
{
    public static TicketKeyBody Of(TicketKey key) => new("EC", "P-256", "ES256", "sig", key.Id, key.X, key.Y);
}

/// <summary>Tickets at the door: accepted once, and taken back.</summary>
internal static class CheckInApi
{
    private const int CodeCharsAtMost = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events/{id}/check-in", AcceptAsync)
            .Describe("Check-in", "Accept a ticket, once").Takes<TicketBody>("ticketCode").Gives<CheckInAnswer>()
            .Refuses(RefusalCodes.Organisers).Refuses("ticket.invalid", "ticket.used", "event.cancelled");
        routes.MapDelete("/events/{id}/check-in", UndoAsync)
            .Describe("Check-in", "Take a check-in back").Takes<TicketBody>("ticketCode").Gives<CheckInAnswer>()
            .Refuses(RefusalCodes.Organisers).Refuses("ticket.invalid", "ticket.not_used");
        routes.MapGet("/tickets/keys", KeysAsync).AllowAnonymous().Describe("Check-in", "The key to verify tickets with, offline").Gives<TicketKeysAnswer>();
    }

    private static async Task KeysAsync(HttpContext context)
    {
        if (await EventCalls.Of(context).TryAsync(context, () => EventCalls.Of(context).Tickets.PublicKey()) is not { } key) return;
        await Answer.WriteAsync(context, new TicketKeysAnswer([TicketKeyBody.Of(key)]), ApiJson.Answers.TicketKeysAnswer);
    }

    private static Task AcceptAsync(HttpContext context) => SendAsync(context, (grain, stamp, code) => grain.CheckIn(stamp, code));

    private static Task UndoAsync(HttpContext context) => SendAsync(context, (grain, stamp, code) => grain.UndoCheckIn(stamp, code));

    private static async Task SendAsync(HttpContext context, Func<IEventGrain, CommandStamp, string, Task<Reply<CheckInView>>> call)
    {
        if (!Routes.TryEventId(context, out var eventId)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.TicketBody) is { } command)
        {
            // Scanners and copies put blanks and line ends around a code.
            if (command.Body.TicketCode?.Trim() is not { Length: > 0 and <= CodeCharsAtMost } code)
            {
                await Problem.InvalidAsync(context, new Violation("ticketCode", Rules.Length, 1, CodeCharsAtMost));
                return;
            }
            await EventCalls.Of(context).AnswerAsync(
                context, eventId, grain => call(grain, command.Stamp, code),
                view => new CheckInAnswer(InvitationAnswer.Of(view.Invitation), view.Invitation.Version, view.CheckedInAt, view.By),
                ApiJson.Answers.CheckInAnswer);
        }
    }
}
