using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>An account names this address: whoever reads the mail confirms that it is theirs.</summary>
public sealed class VerifyEmailMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say("Confirm your e-mail address", "Confirmez votre adresse e-mail");

    public override Phrase Preheader => Say($"For your account “{Username}”", $"Pour votre compte « {Username} »");

    public override Phrase Heading => Say("Is this your address?", "Est-ce votre adresse ?");

    public override IReadOnlyList<Phrase> Paragraphs =>
    [
        Say(
            $"The account “{Username}” says that {Recipient} is its address. "
            + $"If the account is yours, confirm it: what is sent to this address then belongs to your account.",
            $"Le compte « {Username} » indique {Recipient} comme adresse. "
            + $"Si ce compte est le vôtre, confirmez-la : ce qui est envoyé à cette adresse appartiendra à votre compte."),
        Say(
            $"The link works once, until {Moment(Account.Until)}.",
            $"Le lien fonctionne une seule fois, jusqu’au {Moment(Account.Until)}."),
        Say(
            "If the account is not yours, do nothing: without your confirmation it gets nothing that is meant for you.",
            "Si ce compte n’est pas le vôtre, ne faites rien : sans votre confirmation, il ne reçoit rien de ce qui vous est destiné."),
    ];

    public override IReadOnlyList<MailLink> Links =>
        [new MailLink(Say("Confirm this address", "Confirmer cette adresse").ToString(), ProofOf(Account))];

    public override Phrase Footer => Say(
        $"You receive this mail because somebody gave {Recipient} as the address of an account.",
        $"Vous recevez ce courriel parce que quelqu’un a indiqué {Recipient} comme adresse d’un compte.");

    private AccountFacts Account => Data.Account!;

    private Phrase Username => $"{new Theirs(Account.Username)}";
}
