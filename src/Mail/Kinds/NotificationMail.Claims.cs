using Seats.Mail.Calendar;
using Seats.Mail.Composing;

namespace Seats.Mail.Kinds;

/// <content>The invitations that a mail is about: one, or several of one person.</content>
public abstract partial class NotificationMail
{
    /// <summary>All of them; none for a mail about an account.</summary>
    protected IReadOnlyList<Claim> Claims { get; } = Claim.Of(notification.Data);

    /// <summary>The first, which most mails are about alone.</summary>
    protected Claim? First => Claims.FirstOrDefault();

    protected bool IsGathered => Claims.Count > 1;

    /// <summary>Places of the invitation, or of all that have a ticket where there are several.</summary>
    protected int PlaceCount => IsGathered ? Claims.Where(claim => claim.IsConfirmed).Sum(claim => claim.Places) : Data.Places ?? 1;

    protected string PlacesText => words.Places(PlaceCount);

    /// <summary>Above the picture of a ticket.</summary>
    public Phrase LabelOf(Ticket ticket) => Tickets.Count == 1
        ? Say("Your ticket: show this code at the door", "Votre billet : présentez ce code à l’entrée")
        : Say($"Ticket {ticket.Claim.Id}: {PlacesOf(ticket.Claim)}", $"Billet {ticket.Claim.Id} : {PlacesOf(ticket.Claim)}");

    /// <summary>Under it: what the people at the door can look up.</summary>
    public Phrase InvitationOf(Ticket ticket) => InvitationLabel(ticket.Claim);

    /// <summary>What is said instead of the picture of a ticket.</summary>
    public Phrase PictureText => Say("Ticket code as QR picture", "Code du billet sous forme d’image QR");

    public Phrase PlacesOf(Claim claim) => PlacesInWords.Of(claim, words);

    /// <summary>The number of an invitation, in words.</summary>
    public Phrase InvitationLabel(Claim claim) => Say($"Invitation {claim.Id}", $"Invitation {claim.Id}");

    /// <summary>Until when to answer, or for how long from now on; null when no answer is awaited.</summary>
    protected Phrase? Deadline => First is { } first && DeadlineOf(first) is { } time ? time
        : Data.RespondSeconds is { } seconds
            ? Say($"{words.Within(seconds)} of this mail", $"{words.Within(seconds)} à compter de ce courriel")
        : null;

    private Phrase? DeadlineOf(Claim claim) => claim.RespondBy is { } time ? words.By(time, notification.At, Event.TimeZone) : null;

    private IEnumerable<CardLine> ClaimLines => IsGathered
        ? Claims.Select(claim => new CardLine(InvitationLabel(claim).ToString(), Standing(claim))
        {
            Links = IsEventOff ? [] : LinksOf(claim, LinkLook.Quiet),
        })
        : Claims.Select(claim => new CardLine(
            claim.Places == 1 ? "Place" : "Places", claim.ArePlacesKnown ? PlacesOf(claim) : claim.Places.ToString()));

    /// <summary>The places of an invitation and, where they are not settled, what is still to happen.</summary>
    private Phrase Standing(Claim claim)
    {
        if (IsEventOff || claim is { IsPending: false, IsInLine: false }) return PlacesOf(claim);
        if (claim.IsInLine) return Say($"{PlacesOf(claim)}, in line", $"{PlacesOf(claim)}, sur liste d’attente");
        return DeadlineOf(claim) is { } deadline
            ? Say($"{PlacesOf(claim)}. Please answer {deadline}.", $"{PlacesOf(claim)}. Merci de répondre {deadline}.")
            : Say($"{PlacesOf(claim)}. Your answer is awaited.", $"{PlacesOf(claim)}. Votre réponse est attendue.");
    }

    /// <summary>What the recipient can do about an invitation as it stands.</summary>
    protected IReadOnlyList<MailLink> LinksOf(Claim? claim, LinkLook look = LinkLook.Primary)
    {
        if (claim is null || links.Invitation(claim.Id) is not { } url) return [SeeTheEvent];
        if (claim.IsPending) return AnswerLinks(url, look);
        return [claim.IsInLine ? SeeRank(url, look) : new MailLink(SeeLabel(claim), url, look)];
    }

    /// <summary>To see how far the line is.</summary>
    protected IReadOnlyList<MailLink> LineLinks() =>
        First is { } claim && links.Invitation(claim.Id) is { } url ? [SeeRank(url, LinkLook.Primary)] : [SeeTheEvent];

    /// <summary>To say yes or no; the page asks once more.</summary>
    protected IReadOnlyList<MailLink> AnswerLinks() =>
        First is { } claim && links.Invitation(claim.Id) is { } url ? AnswerLinks(url, LinkLook.Primary) : [SeeTheEvent];

    /// <summary>For a place that is settled: to see it, and to give it back.</summary>
    protected IReadOnlyList<MailLink> KeepLinks()
    {
        if (First is not { } claim || links.Invitation(claim.Id) is not { } url) return [SeeTheEvent];
        var giveBack = claim.Places == 1 ? Say("Give the place back", "Rendre la place") : Say("Give the places back", "Rendre les places");
        return [new MailLink(SeeLabel(claim), url), new MailLink(giveBack.ToString(), Asking(url, "cancel"), LinkLook.Quiet)];
    }

    private MailLink[] AnswerLinks(Uri url, LinkLook look) =>
    [
        new MailLink(Say("Confirm", "Confirmer").ToString(), Asking(url, "confirm"), look, url),
        new MailLink(
            Say("Decline", "Décliner").ToString(), Asking(url, "decline"), look == LinkLook.Primary ? LinkLook.Secondary : look, url),
    ];

    private MailLink SeeRank(Uri url, LinkLook look) => new(Say("See where you stand", "Voir votre rang").ToString(), url, look);

    private string SeeLabel(Claim claim) =>
        (claim.Places == 1 ? Say("See your place", "Voir votre place") : Say("See your places", "Voir vos places")).ToString();

    private static Uri Asking(Uri url, string answer) => new($"{url.AbsoluteUri}?answer={answer}");

    /// <summary>The entries of those that a calendar has or is to have.</summary>
    protected IReadOnlyList<CalendarEntry> EntriesOf(Func<Claim, bool> isMeant, CalendarChange change) =>
        [.. Claims.Where(isMeant).Select(
            (claim, index) => new CalendarEntry(claim, change, index == 0 ? "event.ics" : $"event-{claim.Id}.ics"))];

    /// <summary>What a cancelling attachment does; many programs wait until it is opened. Null where there is none.</summary>
    protected Phrase? OutOfCalendar => Calendar.Count switch
    {
        0 => null,
        1 => Say(
            "The attachment takes the event out of your calendar: open it if the entry is still there.",
            "La pièce jointe retire l’événement de votre agenda : ouvrez-la s’il y figure encore."),
        _ => Say(
            "The attachments take the event out of your calendar: open them if an entry is still there.",
            "Les pièces jointes retirent l’événement de votre agenda : ouvrez-les s’il y figure encore."),
    };

    private List<Ticket> TicketsOf(IReadOnlyList<Claim> claims)
    {
        var shown = claims.Where(claim => claim.TicketCode is not null).ToList();
        var hash = MessageHash.Of(notification.Key);
        return [.. shown.Select((claim, index) => new Ticket(
            claim, claim.TicketCode!, $"{hash}.{index + 1}@{links.Host}", shown.Count == 1 ? "ticket.png" : $"ticket-{claim.Id}.png"))];
    }
}
