using Seats.Core;
using static Seats.Api.Problems.ProblemKinds;

namespace Seats.Api.Problems;

/// <summary>What each refusal of an event is told as.</summary>
internal static class RefusalKinds
{
    public static IReadOnlyDictionary<RefusalStatus, ProblemKind> All { get; } = new Dictionary<RefusalStatus, ProblemKind>
    {
        [RefusalStatus.NotFound] = NotFound,
        [RefusalStatus.Forbidden] = Forbidden,
        [RefusalStatus.Invalid] = Invalid,
        [RefusalStatus.SeatsUnknown] = Kind("seats.unknown", 400, false, "There is no such place", "Cette place n’existe pas",
            "This event has no place “{subject}”: GET /events/{id}/seats lists them.", "Cet événement n’a pas de place « {subject} » : GET /events/{id}/seats les énumère."),
        [RefusalStatus.SeatsTaken] = Kind("seats.taken", 409, false, "These places are not free", "Ces places ne sont pas libres",
            "Of the places you asked for, those in conflicts are not free; alternatives lists choices that are.", "Parmi les places demandées, celles de conflicts ne sont pas libres ; alternatives propose des choix qui le sont."),
        [RefusalStatus.SeatsOrphan] = Kind("seats.orphan", 409, false, "This would leave a single seat alone", "Ce choix isolerait une place",
            "The organiser asks not to leave one seat alone; alternatives lists the nearest choices that do not.", "L’organisateur demande de ne pas isoler une place ; alternatives propose les choix les plus proches qui conviennent."),
        [RefusalStatus.SeatsNotTogether] = Kind("seats.not_together", 409, false, "Not side by side", "Pas côte à côte",
            "Enough places are free, but not side by side: take the alternative, or ask with \"together\": false.", "Il reste assez de places, mais pas côte à côte : prenez l’alternative ou demandez avec \"together\": false."),
        [RefusalStatus.SeatsNotBlocked] = Kind("seats.not_blocked", 409, false, "These places are not blocked", "Ces places ne sont pas bloquées",
            "Only blocked places can be unblocked; conflicts says where the others stand.", "Seules des places bloquées peuvent être débloquées ; conflicts indique l’état des autres."),
        [RefusalStatus.EventFull] = Kind("event.full", 409, true, "Not enough places are free", "Il ne reste pas assez de places",
            "Ask for fewer places; where the event has a waitlist, POST /events/{id}/waitlist/join puts you in line.", "Demandez moins de places ; si l’événement a une file d’attente, POST /events/{id}/waitlist/join vous y inscrit."),
        [RefusalStatus.EventHasLine] = Kind("event.has_line", 409, true, "Others wait for these places", "D’autres attendent ces places",
            "Freed places go to the line first: stand in it with POST /events/{id}/waitlist/join.", "Les places libérées vont d’abord à la file : rejoignez-la avec POST /events/{id}/waitlist/join."),
        [RefusalStatus.EventNoLine] = Kind("event.no_line", 409, false, "This event has no line", "Cet événement n’a pas de file d’attente",
            "The organiser switched the waitlist off, or places are not offered any more: look for a free place from time to time.",
            "L’organisateur a fermé la file d’attente, ou les places ne sont plus proposées : revenez voir si une place se libère."),
        [RefusalStatus.EventPaused] = Kind("event.paused", 409, true, "Sales are paused", "Les ventes sont suspendues",
            "What you hold is kept and its clock stands still; try again when sales resume.", "Ce que vous avez est conservé et son délai est gelé ; réessayez à la reprise des ventes."),
        [RefusalStatus.EventCancelled] = Kind("event.cancelled", 409, false, "The event was cancelled", "L’événement a été annulé",
            "Nothing can be done with it any more.", "Plus aucune action n’est possible."),
        [RefusalStatus.EventOver] = Kind("event.over", 409, false, "The event is over", "L’événement est terminé",
            "Nothing can be done with it any more.", "Plus aucune action n’est possible."),
        [RefusalStatus.EventNotOnSale] = Kind("event.not_on_sale", 409, true, "Not on sale now", "Hors période de vente",
            "Sales begin at {at}: try again then.", "Les ventes commencent à {at} : réessayez à ce moment."),
        [RefusalStatus.EventSalesOver] = Kind("event.not_on_sale", 409, false, "Not on sale now", "Hors période de vente",
            "Sales ended at {at}; ask the organiser.", "Les ventes ont pris fin à {at} ; adressez-vous à l’organisateur."),
        [RefusalStatus.LimitPlaces] = Kind("limit.places", 409, false, "More places than one person may have", "Trop de places pour une seule personne",
            "One person may have {limit} places of this event, and {mine} are taken up already: ask for fewer, or give some back.", "Une personne peut avoir {limit} places de cet événement et {mine} sont déjà utilisées : demandez-en moins ou rendez-en."),
        [RefusalStatus.LimitEvent] = Kind("limit.event", 409, false, "The event has grown to its bound", "L’événement a atteint sa borne",
            "At most {limit} are possible for one event.", "Au plus {limit} sont possibles pour un événement."),
        [RefusalStatus.LimitHoarding] = Kind("limit.hoarding", 409, true,
            "Too many holds without a registration", "Trop de réservations sans inscription",
            "You held places of this event again and again, and let the holds run out or gave them back. You may hold places again at "
            + "{at}. What you hold now, the waitlist, and offers and invitations made to you are open to you as before, and a registration "
            + "that you confirm ends the wait.",
            "Vous avez plusieurs fois réservé des places de cet événement, puis laissé expirer ou rendu ces réservations. Vous pourrez à "
            + "nouveau réserver à {at}. Vos réservations en cours, la file d’attente, les propositions et les invitations qui vous sont "
            + "faites vous restent ouvertes, et une inscription confirmée met fin à l’attente."),
        [RefusalStatus.LimitInvitations] = Kind("limit.invitations", 409, false,
            "Too many registrations were begun and ended", "Trop d’inscriptions commencées puis terminées",
            "One person may begin {limit} registrations and waitlist entries of one event that end as declined, cancelled or expired, and "
            + "you began {mine}. What lives is good as before; the organiser can still invite you.",
            "Une personne peut commencer pour un événement {limit} inscriptions ou entrées dans la file qui sont ensuite déclinées, "
            + "annulées ou expirées, et vous en avez commencé {mine}. Celles en cours restent valables ; l’organisateur peut encore vous inviter."),
        [RefusalStatus.LimitEvents] = Kind("limit.events", 409, false,
            "More events than one person may own", "Trop d’événements pour une seule personne",
            "One person may own {limit} events that are neither over nor cancelled, and you own {mine}: cancel some, or wait until some "
            + "are over.",
            "Une personne peut avoir {limit} événements ni terminés ni annulés, et vous en avez {mine} : annulez-en ou attendez que "
            + "certains soient terminés."),
        [RefusalStatus.LimitPlanned] = Kind("limit.planned", 409, false,
            "More places than one person may plan", "Trop de places prévues pour une seule personne",
            "One person may plan {limit} places in all events that are neither over nor cancelled, and {mine} are planned already: ask for "
            + "fewer, or make another event smaller.",
            "Une personne peut prévoir {limit} places dans l’ensemble des événements ni terminés ni annulés, et {mine} le sont déjà : "
            + "demandez-en moins ou réduisez un autre événement."),
        [RefusalStatus.HoldExpired] = Kind("hold.expired", 409, false, "The hold has ended", "La réservation a pris fin",
            "It ran out, was released or became an invitation: lock places again.", "Elle a expiré, a été libérée ou est devenue une invitation : réservez à nouveau."),
        [RefusalStatus.InvitationNotOrganiser] = Kind("invitation.not_organiser", 403, false, "Only an organiser invites others", "Seul un organisateur invite",
            "Leave userEmail out, or give your own address, to register yourself.", "Omettez userEmail, ou donnez votre propre adresse, pour vous inscrire vous-même."),
        [RefusalStatus.InvitationExpired] = Kind("invitation.expired", 409, false, "The invitation has expired", "L’invitation a expiré",
            "Its time to answer is over and the places went on: register again, or stand in line.", "Le délai de réponse est passé et les places ont été proposées à d’autres : inscrivez-vous à nouveau ou rejoignez la file."),
        [RefusalStatus.InvitationCancelled] = Kind("invitation.cancelled", 409, false, "The invitation was cancelled", "L’invitation a été annulée",
            "It cannot be used any more: register again.", "Elle ne peut plus servir : inscrivez-vous à nouveau."),
        [RefusalStatus.InvitationDeclined] = Kind("invitation.declined", 409, false, "The invitation was declined", "L’invitation a été déclinée",
            "It cannot be used any more: register again.", "Elle ne peut plus servir : inscrivez-vous à nouveau."),
        [RefusalStatus.InvitationWaiting] = Kind("invitation.waiting", 409, true, "Still in line", "Encore dans la file",
            "No place has been offered yet; to leave the line, cancel the invitation.", "Aucune place n’a encore été proposée ; pour quitter la file, annulez l’invitation."),
        [RefusalStatus.InvitationConfirmed] = Kind("invitation.confirmed", 409, false, "The invitation is confirmed", "L’invitation est confirmée",
            "To give the places back, cancel it.", "Pour rendre les places, annulez-la."),
        [RefusalStatus.WaitlistNoOffer] = Kind("waitlist.no_offer", 409, true, "No offer stands", "Aucune proposition en cours",
            "No place is offered to you at this moment; GET /events/{id}/waitlist/me says where you stand.", "Aucune place ne vous est proposée en ce moment ; GET /events/{id}/waitlist/me indique votre rang."),
        [RefusalStatus.VersionChanged] = Kind("version.changed", 412, false, "The event has changed since", "L’événement a changé entre-temps",
            "Read it again, and send your change with the new ETag in If-Match.", "Relisez-le et renvoyez votre modification avec le nouvel ETag dans If-Match."),
        [RefusalStatus.CapacityTaken] = Kind("capacity.taken", 409, false, "More places are taken than that", "Davantage de places sont prises",
            "{limit} places are taken or blocked: the capacity cannot go down to {mine}.", "{limit} places sont prises ou bloquées : la capacité ne peut pas descendre à {mine}."),
        [RefusalStatus.SeatingTaken] = Kind("seating.taken", 409, false, "Places in the changed part are taken", "Des places de la partie modifiée sont prises",
            "A part of the plan can change while nothing in it is taken; conflicts lists what is.", "Une partie du plan peut changer tant que rien n’y est pris ; conflicts liste ce qui l’est."),
        [RefusalStatus.TicketInvalid] = Kind("ticket.invalid", 400, false, "Not a valid ticket", "Billet non valable",
            "Nobody was given this code: it is incomplete, changed, or not a ticket.", "Ce code n’a été remis à personne : il est incomplet, modifié, ou n’est pas un billet.").Because("UNKNOWN"),
        [RefusalStatus.TicketOfOtherEvent] = Kind("ticket.invalid", 400, false, "A ticket of another event", "Un billet d’un autre événement",
            "This ticket is genuine, and for another event.", "Ce billet est authentique, mais il est pour un autre événement.").Because("OTHER_EVENT"),
        [RefusalStatus.TicketCancelled] = Kind("ticket.invalid", 400, false, "A ticket that was cancelled", "Un billet annulé",
            "This ticket was good for this event; its place was cancelled or given back.", "Ce billet valait pour cet événement ; sa place a été annulée ou rendue.").Because("CANCELLED"),
        [RefusalStatus.TicketUsed] = Kind("ticket.used", 409, false, "The ticket was used before", "Le billet a déjà servi",
            "It was accepted at {at} by {subject}.", "Il a été accepté à {at} par {subject}."),
        [RefusalStatus.TicketNotUsed] = Kind("ticket.not_used", 409, false, "The ticket was not checked in", "Le billet n’a pas été contrôlé",
            "There is no check-in to take back.", "Il n’y a pas de contrôle à annuler."),
        [RefusalStatus.TicketCheckedIn] = Kind("ticket.checked_in", 409, false, "The ticket was accepted at the door", "Le billet a été accepté à l’entrée",
            "It was accepted at {at}: whoever came keeps the place. The organiser can take the check-in back or cancel the invitation.",
            "Il a été accepté à {at} : la place reste à qui est venu. L’organisateur peut annuler le contrôle ou l’invitation."),
        [RefusalStatus.CommandInFlight] = Kind("idempotency.in_flight", 409, true, "The same command is being decided", "La même commande est en cours",
            "Wait for the answer to the first, or send it again in a moment.", "Attendez la réponse à la première, ou renvoyez-la dans un instant."),
        [RefusalStatus.CommandOtherBody] = Kind("idempotency.other_body", 422, false, "This key was used for something else", "Cette clé a servi à autre chose",
            "The same Idempotency-Key came with another body before: use a new key for a new command.", "La même Idempotency-Key a déjà accompagné un autre corps : prenez une nouvelle clé pour une nouvelle commande."),
    };
}
