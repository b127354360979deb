using System.Collections.Frozen;
using Seats.Core;

namespace Seats.Api.Problems;

/// <summary>Every problem this API answers with. In details, <c>{limit}</c>, <c>{mine}</c>, <c>{at}</c> and <c>{subject}</c> are filled in.</summary>
internal static class ProblemKinds
{
    public static readonly ProblemKind Malformed = Kind("request.malformed", 400, false,
        "The request cannot be read", "La requête est illisible",
        "The body is not the JSON this call takes: {subject}", "Le corps n’est pas le JSON attendu : {subject}");

    public static readonly ProblemKind Invalid = Kind("request.invalid", 400, false,
        "The request breaks a rule", "La requête enfreint une règle",
        "Correct the members named in errors and send it again.", "Corrigez les champs cités dans errors et renvoyez la requête.");

    public static readonly ProblemKind AuthRequired = Kind("auth.required", 401, false,
        "Sign in first", "Connectez-vous d’abord",
        "Send an access token in the Authorization header: signing in gives one (POST /auth/login, where accounts are kept here).",
        "Envoyez un jeton d’accès dans l’en-tête Authorization : la connexion en donne un (POST /auth/login, quand les comptes sont gérés ici).");

    public static readonly ProblemKind InvalidCredentials = Kind("auth.invalid_credentials", 401, false,
        "User name or password is wrong", "Identifiant ou mot de passe incorrect",
        "Check both and try again; after ten failures, wait a minute.", "Vérifiez les deux et réessayez ; après dix échecs, attendez une minute.");

    public static readonly ProblemKind InvalidRefreshToken = Kind("auth.invalid_token", 401, false,
        "The refresh token is not valid", "Le jeton de rafraîchissement n’est pas valable",
        "It expired, was withdrawn, or was never issued here: sign in again.",
        "Il a expiré, a été révoqué ou n’a pas été émis ici : reconnectez-vous.");

    public static readonly ProblemKind ReusedRefreshToken = Kind("auth.reused", 401, false,
        "The refresh token was used before", "Le jeton de rafraîchissement a déjà servi",
        "It has a successor, so somebody may have copied it: this session has ended. Sign in again.",
        "Il a déjà été remplacé ; quelqu’un l’a peut-être copié : cette session est terminée. Reconnectez-vous.");

    public static readonly ProblemKind InvalidVerificationToken = Kind("auth.token_invalid", 400, false,
        "This link is not good any more", "Ce lien n’est plus valable",
        "It was used before, is older than a day, has been replaced, or is incomplete. Ask for a new mail (POST /auth/verify/resend).",
        "Il a déjà servi, date de plus d’un jour, a été remplacé ou est incomplet. "
        + "Demandez un nouveau courriel (POST /auth/verify/resend).");

    public static readonly ProblemKind AccountsElsewhere = Kind("auth.elsewhere", 404, false,
        "Accounts are kept elsewhere", "Les comptes sont gérés ailleurs",
        "This deployment trusts another sign-in service: register and sign in there.", "Ce service s’appuie sur un autre fournisseur d’identité : inscrivez-vous et connectez-vous là-bas.");

    public static readonly ProblemKind AccountTaken = Kind("account.taken", 409, false,
        "User name or address is taken", "Identifiant ou adresse déjà pris",
        "Another account has this user name, or proved that this e-mail address is its own: choose another, or sign in.",
        "Un autre compte a cet identifiant, ou a prouvé que cette adresse est la sienne : choisissez-en un autre ou connectez-vous.");

    public static readonly ProblemKind Forbidden = Kind("forbidden", 403, false,
        "This is not yours to do", "Cette action ne vous est pas permise",
        "Only an organiser of the event (at the door, a helper too) or an administrator may do this.", "Seul un organisateur de l’événement (à l’entrée, aussi un assistant) ou un administrateur peut le faire.");

    public static readonly ProblemKind NotFound = Kind("not_found", 404, false,
        "Not found", "Introuvable",
        "It does not exist, or is not yours to see.", "Cela n’existe pas, ou ne vous est pas visible.");

    public static readonly ProblemKind MethodNotAllowed = Kind("method.not_allowed", 405, false,
        "This method is not allowed here", "Méthode non autorisée ici",
        "The Allow header says which methods are.", "L’en-tête Allow indique les méthodes possibles.");

    public static readonly ProblemKind TooLarge = Kind("request.too_large", 413, false,
        "The request is too large", "La requête est trop volumineuse",
        "The body of this call may have at most {limit} bytes.", "Le corps de cet appel est limité à {limit} octets.");

    public static readonly ProblemKind UnsupportedMedia = Kind("request.not_json", 415, false,
        "Only JSON is read here", "Seul le JSON est lu ici",
        "Send the body with Content-Type: application/json.", "Envoyez le corps avec Content-Type: application/json.");

    public static readonly ProblemKind RateLimited = Kind("limit.rate", 429, true,
        "Too many requests", "Trop de requêtes",
        "Wait as long as Retry-After says, then go on.", "Attendez le délai indiqué par Retry-After, puis continuez.");

    public static readonly ProblemKind Unavailable = Kind("unavailable", 503, true,
        "Not available right now", "Momentanément indisponible",
        "Send the same request again in a moment; a command with the same Idempotency-Key.", "Renvoyez la même requête dans un instant ; une commande, avec la même Idempotency-Key.");

    public static readonly ProblemKind Stopped = Kind("unavailable", 503, false,
        "This event has stopped", "Cet événement est arrêté",
        "What is kept of it cannot be believed, and nothing is done with it until the operator has looked at it.", "Ce qui en est conservé n’est pas fiable ; rien n’est fait tant que l’exploitant ne l’a pas examiné.");

    public static readonly ProblemKind ClocksDiffer = Kind("clock.differs", 503, true,
        "The server's clock cannot be believed", "L’horloge du serveur n’est pas fiable",
        "The clocks of the server and of its database differ by more than a minute, and nothing is decided until the operator has set them "
        + "right. Send the same request again later; a command with the same Idempotency-Key.",
        "Les horloges du serveur et de sa base de données diffèrent de plus d’une minute ; rien n’est décidé tant que l’exploitant ne les a "
        + "pas réglées. Renvoyez la même requête plus tard ; une commande, avec la même Idempotency-Key.");

    public static readonly ProblemKind NewerProgram = Kind("event.newer", 503, true,
        "The server is being upgraded", "Le serveur est en cours de mise à jour",
        "A newer version of the server wrote what is kept of this event, and this one cannot read it. "
        + "Send the same request again in a moment; a command with the same Idempotency-Key.",
        "Une version plus récente du serveur a écrit ce qui est conservé de cet événement ; celle-ci ne peut pas le lire. "
        + "Renvoyez la même requête dans un instant ; une commande, avec la même Idempotency-Key.");

    public static readonly ProblemKind Unexpected = Kind("unexpected", 500, true,
        "Something went wrong here", "Une erreur est survenue de notre côté",
        "The outcome is unknown: send the same request again with the same Idempotency-Key, and quote traceId to the operator.", "L’issue est inconnue : renvoyez la même requête avec la même Idempotency-Key et citez traceId à l’exploitant.");

    public static readonly ProblemKind KeyMalformed = Kind("idempotency.malformed", 400, false,
        "The idempotency key is malformed", "La clé d’idempotence est mal formée",
        "Idempotency-Key takes 1 to 64 printable ASCII characters.", "Idempotency-Key accepte 1 à 64 caractères ASCII imprimables.");

    public static readonly ProblemKind Unreadable = Kind("notification.unreadable", 409, false,
        "There is nothing to send", "Il n’y a rien à envoyer",
        "This dead letter is a record that could not be read. Look at it on notification.dlq, then give it up with DELETE.",
        "Ce message est un enregistrement illisible. Examinez-le dans notification.dlq, puis abandonnez-le avec DELETE.");

    private static readonly FrozenDictionary<RefusalStatus, ProblemKind> ByStatus = RefusalKinds.All.ToFrozenDictionary();

    /// <summary>The problem a refusal is told as.</summary>
    public static ProblemKind Of(RefusalStatus status) => ByStatus[status];

    /// <summary>All kinds by code, for the pages that explain them.</summary>
    public static FrozenDictionary<string, ProblemKind> ByCode { get; } = new[]
    {
        Malformed, Invalid, AuthRequired, InvalidCredentials, InvalidRefreshToken, ReusedRefreshToken, InvalidVerificationToken,
        AccountsElsewhere, AccountTaken, Forbidden, NotFound, MethodNotAllowed, TooLarge, UnsupportedMedia, RateLimited, Unavailable,
        ClocksDiffer, NewerProgram, Unexpected, KeyMalformed, Unreadable,
    }.Concat(RefusalKinds.All.Values).DistinctBy(kind => kind.Code).ToFrozenDictionary(kind => kind.Code);

    internal static ProblemKind Kind(
        string code, int status, bool retryable, string title, string titleFrench, string detail, string detailFrench) =>
        new(code, status, retryable, new Said(title, titleFrench), new Said(detail, detailFrench));
}
