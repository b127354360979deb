using Seats.Core.Notifications;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>An invitation ended before its time: by whom, and what it was until then, makes it another mail.</summary>
public sealed class InvitationCancelledMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    private enum Ending
    {
        LeftTheLine,
        GivenBack,
        Withdrawn,
        Cancelled,

        /// <summary>An earlier program did not say by whom.</summary>
        Unknown,
    }

    private Ending How => Data switch
    {
        { WasInLine: true } => Ending.LeftTheLine,
        { EndedByRecipient: true } => Ending.GivenBack,
        { Status: null } => Ending.Unknown,
        _ => First is { IsPending: true } ? Ending.Withdrawn : Ending.Cancelled,
    };

    public override Phrase Subject => How switch
    {
        Ending.LeftTheLine => Say($"No longer in line: {TitleInSubject}", $"Vous n’êtes plus sur liste d’attente : {TitleInSubject}"),
        Ending.GivenBack => Say(
            $"Given back: {Yours} for {TitleInSubject}", $"{Many("Rendue", "Rendues")} : {Yours} pour {TitleInSubject}"),
        Ending.Withdrawn => IsOffer
            ? Say($"Offer withdrawn: {TitleInSubject}", $"Offre retirée : {TitleInSubject}")
            : Say($"Invitation withdrawn: {TitleInSubject}", $"Invitation retirée : {TitleInSubject}"),
        _ => Say($"Cancelled: {Yours} for {TitleInSubject}", $"{Many("Annulée", "Annulées")} : {Yours} pour {TitleInSubject}"),
    };

    public override Phrase Preheader => Told;

    public override Phrase Heading => How switch
    {
        Ending.LeftTheLine => Say("You are no longer in line", "Vous n’êtes plus sur liste d’attente"),
        Ending.GivenBack => Say("Thank you for telling us", "Merci d’avoir prévenu"),
        Ending.Withdrawn => IsOffer
            ? Say("The offer was withdrawn", "L’offre a été retirée")
            : Say("Your invitation was withdrawn", "Votre invitation a été retirée"),
        _ => Say(
            $"Your {Many("place was", "places were")} cancelled",
            $"{Many("Votre place a été annulée", "Vos places ont été annulées")}"),
    };

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Told,
        Data.LeftThePlan == true
            ? Say(
                "The organiser changed the seating plan, and it has no such places any more.",
                "L’organisateur a modifié le plan de salle, qui n’a plus de telles places.")
            : null,
        Data.OnCalendar == true ? Say("Your ticket is no longer valid.", "Votre billet n’est plus valable.") : null,
        Because(Data.Reason),
        OutOfCalendar);

    public override IReadOnlyList<MailLink> Links => [SeeTheEvent];

    public override IReadOnlyList<CalendarEntry> Calendar => EntriesOf(claim => claim.IsOnCalendar, CalendarChange.Cancel);

    // Whoever was not invited asked for places themself, and was offered them.
    private bool IsOffer => Data.IsInvited != true;

    private Phrase Yours => PlaceCount == 1 ? Say("your place", "votre place") : Say($"your {PlacesText}", $"vos {PlacesText}");

    private Phrase Told => How switch
    {
        Ending.LeftTheLine => Say(
            $"Your request for {PlacesText} for “{Title}” was taken off the waitlist.",
            $"Votre demande de {PlacesText} pour « {Title} » a été retirée de la liste d’attente."),
        Ending.GivenBack => Say(
            $"You gave {Yours} for “{Title}” back. Thank you.",
            $"Vous avez rendu {Yours} pour « {Title} ». Merci."),
        Ending.Withdrawn => IsOffer
            ? Say(
                $"The organiser withdrew the offer of {PlacesText} for “{Title}”.",
                $"L’organisateur a retiré l’offre de {PlacesText} pour « {Title} ».")
            : Say(
                $"The organiser withdrew your invitation to “{Title}”.",
                $"L’organisateur a retiré votre invitation à « {Title} »."),
        Ending.Cancelled => Say(
            $"The organiser cancelled {Yours} for “{Title}”.",
            $"L’organisateur a annulé {Yours} pour « {Title} »."),
        _ => Say(
            $"Your {Many("place", "places")} for “{Title}” {Many("was", "were")} cancelled.",
            $"{Many("Votre place", "Vos places")} pour « {Title} » {Many("a été annulée", "ont été annulées")}."),
    };
}
