using System.Text;
using Seats.Api.Pages;
using Seats.Api.Problems;
using Seats.Core;
using Seats.TimeZones;

namespace Seats.Api.Invitations;

/// <summary>An invitation as its person reads and answers it, without an account.</summary>
/// <param name="token">What the page's own address ends with.</param>
/// <param name="asked">The answer that the reader chose in the mail: it stands out, and is given only when they say so here.</param>
internal sealed class LinkPage(LinkedInvitation linked, string token, Language language, LinkAnswer? asked)
{
    private readonly Words words = Words.For(language == Language.French ? "fr" : "en");

    private InvitationView Invitation => linked.Invitation;

    /// <summary>What is read first: where the invitation stands.</summary>
    private string Status => Invitation.Status switch
    {
        InvitationStatus.Waitlist => Say(
            $"You are number {Invitation.Position} in line. We will write as soon as it is your turn.",
            $"Vous êtes au rang {Invitation.Position} de la liste d’attente. Nous vous écrirons dès que ce sera votre tour."),
        InvitationStatus.Pending when Invitation.RespondBy is { } until => Say(
            $"{words.Places(Invitation.Places)} kept for you until {words.Moment(until, linked.TimeZone)}. Will you come?",
            $"{words.Places(Invitation.Places)} pour vous, à confirmer avant le {words.Moment(until, linked.TimeZone)}. Viendrez-vous ?"),
        InvitationStatus.Pending => Say("Places are kept for you. Will you come?", "Des places vous sont réservées. Viendrez-vous ?"),
        InvitationStatus.Confirmed when Invitation.Places == 1 => Say("Your place is confirmed.", "Votre place est confirmée."),
        InvitationStatus.Confirmed => Say("Your places are confirmed.", "Vos places sont confirmées."),
        InvitationStatus.Declined => Say("You declined this invitation.", "Vous avez décliné cette invitation."),
        InvitationStatus.Cancelled => Say("This invitation was cancelled.", "Cette invitation a été annulée."),
        InvitationStatus.Expired => Say("The time to answer has passed.", "Le délai de réponse est passé."),
    };

    public static Task NotFoundAsync(HttpContext context) => SmallPage.SayAsync(
        context, StatusCodes.Status404NotFound, new Said("Unknown link", "Lien inconnu"), new Said(
            "This link is incomplete, or none of ours. Open it from our mail.",
            "Ce lien n’est pas complet, ou n’est pas l’un des nôtres. Ouvrez-le depuis notre courriel."));

    /// <param name="trouble">Why an answer was refused; null for none.</param>
    public Task WriteAsync(HttpContext context, ProblemKind? trouble = null)
    {
        var body = new StringBuilder();
        if (trouble is not null) body.Append($"<p role=\"alert\"><strong>{SmallPage.Text(trouble.Title.In(language))}</strong></p>");
        body.Append($"<p role=\"status\">{SmallPage.Text(Status)}</p><dl>");
        Line(body, Say("When", "Quand"), words.Span(linked.StartsAt, linked.EndsAt, linked.TimeZone));
        if (linked.Location.Length > 0) Line(body, Say("Where", "Où"), linked.Location);
        if (Invitation.Seats.Count > 0) Line(body, Say("Places", "Places"), string.Join(", ", Invitation.Seats));
        body.Append("</dl>");
        if (Invitation.TicketCode is { } ticket)
        {
            var label = Say("Your ticket, shown at the door:", "Votre billet, à présenter à l’entrée :");
            body.Append($"<p>{SmallPage.Text(label)} <code>{SmallPage.Text(ticket)}</code></p>");
        }
        Buttons(body);
        return SmallPage.WriteAsync(context, trouble?.Status ?? StatusCodes.Status200OK, linked.Title, body.ToString());
    }

    private void Buttons(StringBuilder body)
    {
        switch (Invitation.Status)
        {
            case InvitationStatus.Pending when asked == LinkAnswer.Decline:
                Button(body, "decline", Say("Decline", "Décliner"));
                Button(body, "confirm", Say("Confirm", "Confirmer"), isMain: false);
                break;
            case InvitationStatus.Pending:
                Button(body, "confirm", Say("Confirm", "Confirmer"));
                Button(body, "decline", Say("Decline", "Décliner"), isMain: false);
                break;
            case InvitationStatus.Confirmed when Invitation.CheckedInAt is null && Invitation.Places == 1:
                Cancellation(body, Say("Give the place back", "Rendre la place"), Say("Yes, give it back", "Oui, la rendre"));
                break;
            case InvitationStatus.Confirmed when Invitation.CheckedInAt is null:
                Cancellation(body, Say("Give the places back", "Rendre les places"), Say("Yes, give them back", "Oui, les rendre"));
                break;
            case InvitationStatus.Waitlist:
                Cancellation(body, Say("Leave the line", "Quitter la liste d’attente"), Say("Yes, leave the line", "Oui, la quitter"));
                break;
        }
    }

    /// <summary>What cannot be taken back takes two steps, of which the link of a mail is one.</summary>
    private void Cancellation(StringBuilder body, string summary, string button)
    {
        var open = asked == LinkAnswer.Cancel ? " open" : "";
        body.Append($"<details{open}><summary>{SmallPage.Text(summary)}</summary><p>");
        Button(body, "cancel", button);
        body.Append("</p></details>");
    }

    // Relative to the page, so that it works behind a path too.
    private void Button(StringBuilder body, string answer, string label, bool isMain = true)
    {
        var weight = isMain && asked is not null ? " style=\"font-weight:700\"" : "";
        body.Append($"<form method=\"post\" action=\"{SmallPage.Text(token)}/{answer}\">");
        body.Append($"<button{weight}>{SmallPage.Text(label)}</button></form>");
    }

    private static void Line(StringBuilder body, string label, string value) =>
        body.Append($"<dt>{SmallPage.Text(label)}</dt><dd>{SmallPage.Text(value)}</dd>");

    private string Say(string english, string french) => new Said(english, french).In(language);
}
