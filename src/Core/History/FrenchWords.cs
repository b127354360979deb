namespace Seats.Core.History;

/// <summary>French sentences.</summary>
internal sealed class FrenchWords : Words
{
    public override string Unreadable => "Cette entrée ne peut pas être racontée.";

    public override string? Tell(SentenceContext context, Fact fact) => fact switch
    {
        EventCreated => "L’événement a été créé et cette place mise en vente.",
        EventChanged => "L’événement a changé de date ou d’heure.",
        SeatingChanged => "Le plan de salle a été modifié.",
        EventPaused => "Les ventes ont été suspendues ; toutes les échéances sont gelées.",
        EventResumed => "Les ventes ont repris ; le temps de la pause a été rendu.",
        EventCancelled cancelled => Because(context, "L’événement a été annulé.", cancelled.Reason, "Motif :"),
        EventEnded => "L’événement était terminé ; ce qui restait ouvert a pris fin avec lui.",
        SeatsBlocked blocked => Because(context, "L’organisateur a retiré la place de la vente.", blocked.Reason, "Motif :"),
        SeatsUnblocked unblocked => Because(context, "L’organisateur a remis la place en vente.", unblocked.Reason, "Motif :"),
        SeatsHeld held => $"Réservée pour {Who(context.NameOf(held.Who.Id, held.Who.Email))} jusqu’au {context.Moment(held.Until)}.",
        HoldChanged changed when context.IsAbout(changed.Places) => $"Prise par échange dans la réservation de {Who(context.HolderOf(changed.Hold))}.",
        HoldChanged => "Rendue par échange dans une réservation.",
        HoldExtended extended => $"La réservation a été prolongée jusqu’au {context.Moment(extended.Until)}.",
        SeatsReleased released => $"Libérée par {Who(context.NameOf(released.By))}.",
        HoldsExpired => "La réservation a expiré.",
        InvitationMade made => $"Gardée pour {Who(context.NameOf(made.Who.Id, made.Who.Email))} jusqu’au {context.Moment(made.Until)} : {context.Places(made.Places)}.",
        InvitationConfirmed confirmed => $"Confirmée par {Who(context.NameOf(confirmed.Invitation))}.",
        InvitationCancelled cancelled => Because(context, "L’invitation a été annulée.", cancelled.Reason, "Motif :"),
        InvitationDeclined => "L’invitation a été déclinée.",
        InvitationExpired { Reason: { } reason } => Because(context, "La proposition est passée à la personne suivante : son message n’a pas pu être remis.", reason, "Réponse :"),
        InvitationExpired => "Aucune réponse n’est venue à temps ; les places ont continué leur chemin.",
        WaitlistJoined joined => $"Inscription dans la file pour {joined.Places} {(joined.Places == 1 ? "place" : "places")}.",
        PlacesOffered offered when context.IsOfAnother(offered.Invitation) => Overtaken(context),
        PlacesOffered { AwaitsMail: true } offered => $"Proposée à {Who(context.NameOf(offered.Invitation))}, première demande de la file à laquelle elle convient ; le délai de réponse commence quand le courriel est remis : {context.Places(offered.Places)}.",
        PlacesOffered offered => $"Proposée à {Who(context.NameOf(offered.Invitation))}, première demande de la file à laquelle elle convient, jusqu’au {context.Moment(offered.Until)} : {context.Places(offered.Places)}.",
        WaitlistPromoted promoted when context.IsOfAnother(promoted.Invitation) => Overtaken(context),
        WaitlistPromoted promoted => $"Attribuée à {Who(context.NameOf(promoted.Invitation))}, première demande de la file à laquelle elle convient : {context.Places(promoted.Places)}.",
        OfferClockStarted { Undelivered: true } started =>
            $"Le courriel annonçant la proposition n’a pas pu être remis ; elle tient tout de même jusqu’au {context.Moment(started.Until)}.",
        OfferClockStarted started => $"Le message annonçant la proposition a été remis ; elle tient jusqu’au {context.Moment(started.Until)}.",
        PlacesKept kept => $"Trop peu de places sont libres pour ce groupe : celles qu’il pourrait encore obtenir lui sont gardées jusqu’au {context.Moment(kept.Until)}.",
        KeepingEnded => "Les places libérées à temps ne suffisaient pas ; elles ne sont plus gardées pour ce groupe. Il garde son tour.",
        WaitlistEntriesEnded => "Le plan de salle n’a plus de telles places ; l’inscription dans la file a pris fin.",
        OffersEnded => "Le temps des propositions était écoulé ; les places libérées ne vont plus à la file.",
        TicketCheckedIn checkedIn => $"Le billet a été accepté à l’entrée par {Who(context.NameOf(checkedIn.By, checkedIn.Name))}.",
        CheckInUndone => "Le contrôle du billet a été annulé.",
        ReminderDue => "Un rappel de l’événement était prévu et a été écrit.",
        _ => null,
    };

    private static string Who(string? name) => name switch { null => "quelqu’un", "" => "vous", _ => name };

    private static string Overtaken(SentenceContext context) =>
        $"Un groupe plus petit est passé devant : les places libérées ne suffisaient pas ({context.Story.Overtakes} fois sur {context.State.Rules.OvertakesAtMost} au plus).";
}
