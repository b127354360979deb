using Seats.Core.Notifications;

namespace Seats.Core.History;

/// <summary>French sentences.</summary>
internal sealed class FrenchWords : Words
{
    public override string Unreadable => "Cette entrée ne peut pas être racontée.";

    public override string? Tell(Telling telling, Fact fact) => fact switch
    {
        EventCreated => "L’événement a été créé et cette place mise en vente.",
        EventChanged => "L’événement a changé de date ou d’heure.",
        SeatingChanged => "Le plan de salle a été modifié.",
        EventPaused => "Les ventes ont été suspendues ; toutes les échéances sont gelées.",
        EventResumed => "Les ventes ont repris ; le temps de la pause a été rendu.",
        EventCancelled cancelled => Because(telling, "L’événement a été annulé.", cancelled.Reason, "Motif :"),
        EventEnded => "L’événement était terminé ; ce qui restait ouvert a pris fin avec lui.",
        SeatsBlocked blocked => Because(telling, "L’organisateur a retiré la place de la vente.", blocked.Reason, "Motif :"),
        SeatsUnblocked unblocked => Because(telling, "L’organisateur a remis la place en vente.", unblocked.Reason, "Motif :"),
        SeatsHeld held => $"Réservée pour {Who(telling.NameOf(held.Who.Id, held.Who.Email))} jusqu’au {telling.Moment(held.Until)}.",
        HoldChanged changed when telling.IsAbout(changed.Places) => $"Prise par échange dans la réservation de {Who(telling.HolderOf(changed.Hold))}.",
        HoldChanged => "Rendue par échange dans une réservation.",
        HoldExtended extended => $"La réservation a été prolongée jusqu’au {telling.Moment(extended.Until)}.",
        SeatsReleased released => $"Libérée par {Who(telling.NameOf(released.By))}.",
        HoldsExpired => "La réservation a expiré.",
        InvitationMade made => $"Gardée pour {Who(telling.NameOf(made.Who.Id, made.Who.Email))} jusqu’au {telling.Moment(made.Until)} : {telling.Places(made.Places)}.",
        InvitationConfirmed confirmed => $"Confirmée par {Who(telling.NameOf(confirmed.Invitation))}.",
        InvitationCancelled cancelled => Because(telling, "L’invitation a été annulée.", cancelled.Reason, "Motif :"),
        InvitationDeclined => "L’invitation a été déclinée.",
        InvitationExpired { Reason: { } reason } => Because(telling, "La proposition est passée à la personne suivante : son message n’a pas pu être remis.", reason, "Réponse :"),
        InvitationExpired => "Aucune réponse n’est venue à temps ; les places ont continué leur chemin.",
        WaitlistJoined joined => $"Inscription dans la file pour {joined.Places} {(joined.Places == 1 ? "place" : "places")}.",
        PlacesOffered offered when telling.IsOfAnother(offered.Invitation) => Overtaken(telling),
        PlacesOffered { AwaitsMail: true } offered => $"Proposée à {Who(telling.NameOf(offered.Invitation))}, première demande de la file à laquelle elle convient ; le délai de réponse commence quand le courriel est remis : {telling.Places(offered.Places)}.",
        PlacesOffered offered => $"Proposée à {Who(telling.NameOf(offered.Invitation))}, première demande de la file à laquelle elle convient, jusqu’au {telling.Moment(offered.Until)} : {telling.Places(offered.Places)}.",
        WaitlistPromoted promoted when telling.IsOfAnother(promoted.Invitation) => Overtaken(telling),
        WaitlistPromoted promoted => $"Attribuée à {Who(telling.NameOf(promoted.Invitation))}, première demande de la file à laquelle elle convient : {telling.Places(promoted.Places)}.",
        OfferClockStarted { Undelivered: true } started =>
            $"Le courriel annonçant la proposition n’a pas pu être remis ; elle tient tout de même jusqu’au {telling.Moment(started.Until)}.",
        OfferClockStarted started => $"Le message annonçant la proposition a été remis ; elle tient jusqu’au {telling.Moment(started.Until)}.",
        PlacesKept kept => $"Trop peu de places sont libres pour ce groupe : celles qu’il pourrait encore obtenir lui sont gardées jusqu’au {telling.Moment(kept.Until)}.",
        KeepingEnded => "Les places libérées à temps ne suffisaient pas ; elles ne sont plus gardées pour ce groupe. Il garde son tour.",
        WaitlistEntriesEnded => "Le plan de salle n’a plus de telles places ; l’inscription dans la file a pris fin.",
        OffersEnded => "Le temps des propositions était écoulé ; les places libérées ne vont plus à la file.",
        TicketCheckedIn checkedIn => $"Le billet a été accepté à l’entrée par {Who(telling.NameOf(checkedIn.By, checkedIn.Name))}.",
        CheckInUndone => "Le contrôle du billet a été annulé.",
        ReminderDue => "Un rappel de l’événement était prévu et a été écrit.",
        _ => null,
    };

    private static string Who(string? name) => name switch { null => "quelqu’un", "" => "vous", _ => name };

    private static string Overtaken(Telling telling) =>
        $"Un groupe plus petit est passé devant : les places libérées ne suffisaient pas ({telling.Story.Overtakes} fois sur {telling.State.Rules.OvertakesAtMost} au plus).";
}
