using Seats.Api.Docs;
using Seats.Api.Events;
using Seats.Api.Json;
using Seats.Api.Places;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Spelling;

namespace Seats.Api.Invitations;

/// <summary>Invitations: made, answered, listed.</summary>
internal static class InvitationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/invitations", MakeAsync).WithMetadata(new BodyLimit(BodyLimit.Places))
            .Describe("Invitations", "Register, or invite somebody by e-mail").Takes<InvitationBody>("eventId").Gives<InvitationAnswer>(201, 200)
            .Refuses(RefusalCodes.NotSelling).Refuses(RefusalCodes.Choosing)
            .Refuses("hold.expired", "invitation.not_organiser", "limit.event", "limit.hoarding", "limit.invitations", "limit.rate")
            .Refuses("not_found");
        routes.MapGet("/invitations/{id}", GetAsync).Describe("Invitations", "One invitation").Gives<InvitationAnswer>();
        routes.MapPut("/invitations/{id}/confirm", ConfirmAsync)
            .Describe("Invitations", "Confirm").Gives<InvitationAnswer>()
            .Refuses(RefusalCodes.Closed).Refuses("event.paused", "invitation.expired", "invitation.cancelled", "invitation.declined", "invitation.waiting");
        routes.MapPut("/invitations/{id}/cancel", CancelAsync)
            .Describe("Invitations", "Cancel").MayTake<ReasonBody>().Gives<InvitationAnswer>()
            .Refuses(RefusalCodes.Closed).Refuses("invitation.expired", "invitation.declined", "ticket.checked_in");
        routes.MapPut("/invitations/{id}/decline", DeclineAsync)
            .Describe("Invitations", "Decline").Gives<InvitationAnswer>()
            .Refuses(RefusalCodes.Closed).Refuses("invitation.expired", "invitation.cancelled", "invitation.confirmed", "invitation.waiting");
        InvitationLists.Map(routes);
        InvitationLinksApi.Map(routes);
    }

    private static async Task MakeAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.InvitationBody) is not { } command) return;
        var (body, by) = (command.Body, command.Stamp.By);
        if (body.EventId is not > 0)
        {
            await Problem.InvalidAsync(context, body.EventId is null ? new Violation("eventId", Rules.Required) : new Violation("eventId", Rules.Range, 1, long.MaxValue));
            return;
        }
        var email = EmailAddress.Canonical(body.UserEmail) ?? body.UserEmail?.Trim();
        if (email?.Length == 0)
        {
            await Problem.InvalidAsync(context, new Violation("userEmail", Rules.Length, 3, Limits.EmailCharsAtMost));
            return;
        }
        if (!await IsBoundAsync(context, command.Stamp, body.EventId.Value)) return;
        if (email is null || email == by.Address) await RegisterAsync(context, command, body.EventId.Value);
        else await InviteAsync(context, command, body.EventId.Value, email);
    }

    /// <summary>
    /// The path does not name the event here, so one key could be obeyed once by each event: the first event has it. False when a problem was written.
    /// </summary>
    private static async Task<bool> IsBoundAsync(HttpContext context, CommandStamp stamp, long eventId)
    {
        if (!stamp.Keyed) return true;
        var calls = EventCalls.Of(context);
        if (await calls.AskDirectoryAsync(context, async directory => new Bound(await directory.BindKey(stamp.Id, eventId))) is not { } bound) return false;
        if (bound.EventId == eventId) return true;
        await Problem.WriteAsync(context, new Refusal(RefusalStatus.CommandOtherBody), 0);
        return false;
    }

    private static async Task RegisterAsync(HttpContext context, Command<InvitationBody> command, long eventId)
    {
        var body = command.Body;
        var (hold, wish, broken) = PlacesOf(body, eventId);
        if (broken is not null) await Problem.InvalidAsync(context, broken);
        else await AnswerAsync(context, eventId, grain => grain.Register(
            command.Stamp, new Registration(hold, wish, body.Confirm ?? false, body.Waitlist ?? true)));
    }

    private static async Task InviteAsync(HttpContext context, Command<InvitationBody> command, long eventId, string email)
    {
        var body = command.Body;
        var (quota, by) = (InvitationQuota.Of(context), command.Stamp.By);
        var (hold, wish, broken) = PlacesOf(body, eventId);
        if (body.Confirm is true) broken = new Violation("confirm", Rules.Conflict);
        if (broken is not null) await Problem.InvalidAsync(context, broken);
        else if (await quota.HasRoomAsync(context, by, email))
        {
            // An account is written to in its own language, also by those it does not know.
            var locale = await context.RequestServices.GetRequiredService<Identity.IAccounts>().FindLocaleAsync(email, context.RequestAborted);
            await AnswerAsync(context, eventId, grain => grain.Invite(command.Stamp, new GuestInvitation(email, wish, body.Waitlist ?? true, hold, locale)));
            if (context.Response.StatusCode == StatusCodes.Status201Created) await quota.CountAsync(by, email);
        }
    }

    /// <summary>The hold or the wish a claim names; never both.</summary>
    private static (int? Hold, PlaceWish? Wish, Violation? Broken) PlacesOf(InvitationBody body, long eventId)
    {
        if (body.Hold is null)
        {
            var (wish, broken) = WishOf(body);
            return (null, wish, broken);
        }
        if (!Routes.TryHold(body.Hold, eventId, out var hold)) return (null, null, new Violation("hold", Rules.Unknown));
        return body.Seats is not null || body.SeatRow is not null || body.Places is not null ? (null, null, new Violation("hold", Rules.Conflict)) : (hold, null, null);
    }

    /// <summary>Named places, else any; any need not be side by side unless asked.</summary>
    private static (PlaceWish? Wish, Violation? Broken) WishOf(InvitationBody body) => Wishes.Of(new LockBody
    {
        Seats = body.Seats,
        Section = body.Section,
        SeatRow = body.SeatRow,
        SeatNumber = body.SeatNumber,
        Places = body.Places ?? (body.Seats is null && body.SeatRow is null && body.SeatNumber is null ? 1 : null),
        Sections = body.Sections,
        Categories = body.Categories,
        Together = body.Together ?? false,
    });

    private static async Task GetAsync(HttpContext context)
    {
        if (!Routes.TryInvitation(context, out var id)) await Routes.NotFoundAsync(context);
        else await AnswerAsync(context, id.EventId, grain => grain.GetInvitation(Requesters.Of(context), id.Number));
    }

    private static async Task ConfirmAsync(HttpContext context)
    {
        if (!Routes.TryInvitation(context, out var id)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp) await AnswerAsync(context, id.EventId, grain => grain.Confirm(stamp, id.Number));
    }

    private static async Task CancelAsync(HttpContext context)
    {
        if (!Routes.TryInvitation(context, out var id)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context, ApiJson.Strict.ReasonBody, mayBeEmpty: true) is { } command)
            await AnswerAsync(context, id.EventId, grain => grain.CancelInvitation(command.Stamp, id.Number, command.Body.Reason));
    }

    private static async Task DeclineAsync(HttpContext context)
    {
        if (!Routes.TryInvitation(context, out var id)) await Routes.NotFoundAsync(context);
        else if (await Command.ReadAsync(context) is { } stamp) await AnswerAsync(context, id.EventId, grain => grain.Decline(stamp, id.Number));
    }

    public static Task AnswerAsync(HttpContext context, long eventId, Func<IEventGrain, Task<Reply<InvitationView>>> call) =>
        EventCalls.Of(context).AnswerAsync(
            context, eventId, call, InvitationAnswer.Of, ApiJson.Answers.InvitationAnswer, invitation => $"/invitations/{invitation.Id}");

    private sealed record Bound(long EventId);
}
