using Seats.Core.Notifications;
using Seats.Mail.Calendar;
using Seats.Mail.Composing;
using Seats.Spelling;
using Seats.TimeZones;

namespace Seats.Mail.Kinds;

/// <summary>
/// What one notification says, in the language of its recipient. A kind of mail is a class of its own that says what is special about it;
/// how a mail looks is one template, and the plain text is made of the same parts. Texts are data in both: no template is made from what
/// people wrote.
/// </summary>
/// <param name="notification">Its texts of people are clean already (<see cref="PeoplesText"/>).</param>
public abstract partial class NotificationMail(Notification notification, MailLinks links)
{
    // A subject of more is cut by mail programs, and what stands before the title must be seen.
    private const int TitleCharsInSubject = 120;
    private const int DescriptionCharsAtMost = 600;

    private readonly Words words = Words.For(notification.Recipient.Locale);

    public Notification Notification => notification;

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public string Locale => words.Locale;

    public abstract Phrase Subject { get; }

    /// <summary>What a list of mails shows beside the subject.</summary>
    public abstract Phrase Preheader { get; }

    public abstract Phrase Heading { get; }

    public Phrase Greeting => Say("Hello,", "Bonjour,");

    /// <summary>What happened and what to do, a paragraph each.</summary>
    public abstract IReadOnlyList<Phrase> Paragraphs { get; }

    /// <summary>What can be done about it.</summary>
    public abstract IReadOnlyList<MailLink> Links { get; }

    /// <summary>What calendar attachments it has.</summary>
    public virtual IReadOnlyList<CalendarEntry> Calendar => [];

    public IReadOnlyList<Ticket> Tickets => field ??= HasTickets ? TicketsOf(Claims) : [];

    /// <summary>Whether it shows the tickets of its invitations.</summary>
    protected virtual bool HasTickets => false;

    /// <summary>Whether it asks somebody to come, who has to know what for.</summary>
    protected virtual bool IsQuestion => false;

    /// <summary>Whether the event of its card will not take place.</summary>
    public virtual bool IsEventOff => false;

    /// <summary>Where the recipient says that they do not want such mails; null for those that cannot be declined.</summary>
    public MailLink? Unsubscribe => notification.OptionalAs() is { } what
        ? new MailLink(UnsubscribeLabel(what).ToString(), links.Unsubscribe(notification.Recipient.Email, what), LinkLook.Quiet)
        : null;

    private Phrase UnsubscribeLabel(OptionalMail what) => what switch
    {
        OptionalMail.Reminders => Say("Stop reminders", "Ne plus recevoir de rappels"),
        OptionalMail.Invitations => Say("No more invitations by mail", "Ne plus recevoir d’invitations par courriel"),
    };

    /// <summary>Why somebody receives it.</summary>
    public virtual Phrase Footer => Data switch
    {
        { IsInvited: true } => BecauseInvited,
        { Status: not null } => Say(
            $"You receive this mail at {Recipient} because you registered for “{Title}”.",
            $"Vous recevez ce courriel à l’adresse {Recipient} parce que vous avez demandé une place pour « {Title} »."),
        _ => Say(
            $"You receive this mail because {Recipient} takes part in this event.",
            $"Vous recevez ce courriel parce que {Recipient} participe à cet événement."),
    };

    protected Phrase BecauseInvited => Say(
        $"You receive this mail at {Recipient} because the organiser of “{Title}” invited you.",
        $"Vous recevez ce courriel à l’adresse {Recipient} parce que l’organisateur de « {Title} » vous a envoyé une invitation.");

    protected Phrase Recipient => Phrase.OfPeople(EmailAddress.ToShow(notification.Recipient.Email));

    protected NotificationData Data => notification.Data;

    protected Words Words => words;

    /// <summary>Where the recipient proves that they could read it.</summary>
    protected Uri ProofOf(AccountFacts account) => links.Proof(account.Verification, notification.Recipient.Email);

    /// <summary>What is under a mail that has a button: how else to get there.</summary>
    public Phrase PlainLinkLabel => Say("Or open this address:", "Ou ouvrez cette adresse :");

    protected Phrase Say(Phrase english, FrenchPhrase french) => words.Locale == "fr" ? french : english;

    protected static IReadOnlyList<Phrase> Lines(params Phrase?[] paragraphs) => [.. paragraphs.OfType<Phrase>()];

    /// <summary>A word for one place, another for more.</summary>
    protected string Many(string one, string many) => PlaceCount == 1 ? one : many;

    /// <summary>As a sentence begins.</summary>
    protected static string Capital(string text) => TimeZones.Words.Sentence(text);

    /// <summary>A moment that belongs to no event's zone.</summary>
    protected string Moment(DateTimeOffset time) => words.Moment(time, "UTC");

    protected Phrase? Because(string? reason) =>
        reason is { Length: > 0 } ? Say($"Reason: {new Theirs(reason)}", $"Motif : {new Theirs(reason)}") : null;
}
