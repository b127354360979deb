using System.Text;
using Seats.Grains.Notify;
using Seats.Mail.Calendar;
using Seats.Spelling;
using Seats.TimeZones;

namespace Seats.Mail.Kinds;

/// <summary>A link that looks like a button, and is printed in full in the plain text.</summary>
public sealed record MailLink(string Label, Uri Url);

/// <summary>A line of the event card.</summary>
public sealed record CardLine(string Label, string Value);

/// <summary>
/// What one notification says, in the language of its recipient. A kind of mail is a class of its own with a pair of templates: its HTML is the
/// Razor component of the same name, its plain text is <see cref="Text"/>. Texts are data in both; no template is made from what people wrote.
/// </summary>
public abstract class NotificationMail(Notification notification, MailSettings settings)
{
    private readonly Words words = Words.For(notification.Recipient.Locale);

    public Notification Notification => notification;

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public string Locale => words.Locale;

    public abstract string Subject { get; }

    /// <summary>What a list of mails shows beside the subject.</summary>
    public abstract string Preheader { get; }

    public abstract string Heading { get; }

    /// <summary>What happened and what to do, a paragraph each.</summary>
    public abstract IReadOnlyList<string> Paragraphs { get; }

    /// <summary>The Razor component that is its HTML.</summary>
    public abstract Type Template { get; }

    public virtual MailLink Link => new(Say("See the event", "Voir l’événement"), EventUrl);

    /// <summary>Where the recipient answers the invitation without signing in; null for what ends with no invitation.</summary>
    public Uri? InvitationUrl { get; set; }

    /// <summary>What its calendar attachment does; null for none.</summary>
    public virtual CalendarChange? Calendar => null;

    public virtual bool HasTicket => Data.TicketCode is not null;

    /// <summary>Whether it is one of those that people may not want.</summary>
    public virtual bool IsOptional => false;

    /// <summary>Where the recipient says that they do not want such mails; null for those that cannot be declined.</summary>
    public Uri? Unsubscribe { get; set; }

    public string UnsubscribeLabel => Say("No reminders any more", "Ne plus recevoir de rappels");

    /// <summary>Where the recipient proves that they could read it; null for a mail that proves nothing.</summary>
    public Uri? Proof { get; set; }

    /// <summary>Of a mail about an event.</summary>
    public EventFacts Event => notification.Data.Event!;

    public string When => words.Span(Event.StartsAt, Event.EndsAt, Event.TimeZone);

    public (string Day, string Month) Leaf => words.Leaf(Event.StartsAt, Event.TimeZone);

    public IEnumerable<CardLine> Card
    {
        get
        {
            yield return new CardLine(Say("When", "Quand"), When);
            if (Event.Location.Length > 0) yield return new CardLine(Say("Where", "Où"), Event.Location);
            if (Data.Seats is { Count: > 0 } seats) yield return new CardLine(seats.Count == 1 ? Say("Place", "Place") : Say("Places", "Places"), SeatsText(seats));
            else if (Data.Places is { } places) yield return new CardLine(Say("Places", "Places"), places.ToString());
        }
    }

    /// <summary>What stands between a label and its value.</summary>
    public string Colon => words.Colon;

    public string TicketLabel => Say("Your ticket: show this code at the door", "Votre billet : présentez ce code à l’entrée");

    public virtual string Footer => Say(
        $"You receive this mail because {Recipient} takes part in this event.",
        $"Vous recevez ce courriel parce que {Recipient} participe à cet événement.");

    protected string Recipient => EmailAddress.ToShow(notification.Recipient.Email);

    protected NotificationData Data => notification.Data;

    /// <summary>Where an invitation that still is one is seen and answered.</summary>
    protected Uri AnswerUrl => InvitationUrl ?? EventUrl;

    protected MailLink SeeYourPlace => new(Say("See your place", "Voir votre place"), AnswerUrl);

    public Uri EventUrl => settings.Link($"events/{notification.EventId}");

    /// <summary>Until when to answer, or for how long from now on; null when no answer is awaited.</summary>
    protected string? Deadline => Data.RespondBy is { } time ? Say($"until {words.Moment(time, Event.TimeZone)}", $"jusqu’au {words.Moment(time, Event.TimeZone)}")
        : Data.RespondSeconds is { } seconds ? Say($"within {words.Duration(seconds)} of this mail", $"dans un délai de {words.Duration(seconds)} à compter de ce courriel")
        : null;

    protected string PlacesText => words.Places(Data.Places ?? 1);

    protected string Say(string english, string french) => words.Locale == "fr" ? french : english;

    /// <summary>The mail as plain text.</summary>
    public virtual string Text()
    {
        var text = new StringBuilder();
        text.Append(Heading).Append("\n\n");
        foreach (var paragraph in Paragraphs) text.Append(paragraph).Append("\n\n");
        if (Data.Event is not null) AppendEvent(text);
        text.Append(Link.Label).Append(Colon).Append(' ').Append(Link.Url).Append("\n\n-- \n").Append(Footer).Append('\n');
        if (Unsubscribe is not null) text.Append(UnsubscribeLabel).Append(Colon).Append(' ').Append(Unsubscribe.AbsoluteUri).Append('\n');
        return text.ToString();
    }

    private void AppendEvent(StringBuilder text)
    {
        text.Append(Event.Title).Append('\n');
        foreach (var line in Card) text.Append(line.Label).Append(Colon).Append(' ').Append(line.Value).Append('\n');
        if (HasTicket) text.Append('\n').Append(TicketLabel).Append('\n').Append(Data.TicketCode).Append('\n');
        text.Append('\n');
    }

    protected IReadOnlyList<string> Lines(params string?[] paragraphs) => [.. paragraphs.Where(paragraph => paragraph is not null).Select(paragraph => paragraph!)];

    /// <summary>A moment that belongs to no event's zone.</summary>
    protected string Moment(DateTimeOffset time) => words.Moment(time, "UTC");

    protected string? Because(string? reason) => reason is { Length: > 0 } ? Say($"Reason: {reason}", $"Motif : {reason}") : null;

    private string Sentence(EventDifference change) => change.What switch
    {
        "TITLE" => Say($"Title: “{change.After}” instead of “{change.Before}”.", $"Titre : « {change.After} » au lieu de « {change.Before} »."),
        "LOCATION" when change.Before.Length == 0 => Say($"Place: {change.After}.", $"Lieu : {change.After}."),
        "LOCATION" => Say($"Place: {Or(change.After)} instead of {Or(change.Before)}.", $"Lieu : {Or(change.After)} au lieu de {Or(change.Before)}."),
        "START" => Say($"Start: {Time(change.After)} instead of {Time(change.Before)}.", $"Début : {Time(change.After)} au lieu de {Time(change.Before)}."),
        _ => Say($"End: {Time(change.After)} instead of {Time(change.Before)}.", $"Fin : {Time(change.After)} au lieu de {Time(change.Before)}."),
    };

    protected IReadOnlyList<string> Changes => [.. (Data.Changes ?? []).Select(Sentence)];

    private string Or(string text) => text.Length == 0 ? Say("to be announced", "à préciser") : text;

    private string Time(string text) => words.Moment(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Event.TimeZone);

    /// <summary>Units of an area are counted, seats are named.</summary>
    private static string SeatsText(IReadOnlyList<string> seats) => string.Join(", ", seats.GroupBy(seat => seat).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} × {group.Count()}"));
}
