using System.Globalization;
using System.Text.RegularExpressions;
using Seats.Core.Notifications;
using Seats.Spelling;

namespace Seats.Mail.Kinds;

/// <summary>A line of the event card.</summary>
/// <param name="Before">What it was before a change; null for what did not change.</param>
/// <param name="IsOff">It does not hold any more.</param>
public sealed record CardLine(string Label, Phrase Value, Phrase? Before = null, bool IsOff = false)
{
    /// <summary>What can be done about this line alone.</summary>
    public IReadOnlyList<MailLink> Links { get; init; } = [];

    /// <summary>Where it is on a map; null where that is not known.</summary>
    public MailLink? Map { get; init; }
}

/// <content>The event of a mail about one.</content>
public abstract partial class NotificationMail
{
    private const string MapSearch = "https://www.openstreetmap.org/search?query=";
    private const int MapCharsAtMost = 200;

    public EventFacts Event => notification.Data.Event!;

    public Uri EventUrl => links.Event(notification.EventId);

    /// <summary>The address that answers go to; null where none is known.</summary>
    public string? Organiser => EmailAddress.Canonical(notification.Data.Event?.Organiser);

    public Phrase Title => Phrase.OfPeople(Event.Title);

    /// <summary>The title before a change of it; null without one.</summary>
    public Phrase? TitleBefore => Change("TITLE") is { } change ? Phrase.OfPeople(change.Before) : null;

    protected Phrase TitleInSubject => Phrase.OfPeople(Excerpt.Of(Event.Title, TitleCharsInSubject));

    /// <summary>What the event is about; null where nobody is asked to come.</summary>
    public Phrase? Description => IsQuestion && Event.Description is { Length: > 0 } text
        ? Phrase.OfPeople(Excerpt.Of(text, DescriptionCharsAtMost)) : null;

    public string When => words.Span(Event.StartsAt, Event.EndsAt, Event.TimeZone);

    public (string Day, string Month) Leaf => words.Leaf(Event.StartsAt, Event.TimeZone);

    public IEnumerable<CardLine> Card
    {
        get
        {
            yield return new CardLine(Say("When", "Quand").ToString(), When, WhenBefore, IsEventOff);
            if (Event.Location.Length > 0)
                yield return new CardLine(WhereLabel, Where(Event.Location), WhereBefore) { Map = Map };
            else if (WhereBefore is { } before)
                yield return new CardLine(WhereLabel, ToBeAnnounced, before);
            foreach (var line in ClaimLines) yield return line;
        }
    }

    /// <summary>What stands between a label and its value.</summary>
    public string Colon => words.Colon;

    protected MailLink SeeTheEvent => new(Say("See the event", "Voir l’événement").ToString(), EventUrl);

    /// <summary>When it begins, as seen from the day of the notification: <c>tomorrow at 20:30</c>.</summary>
    protected string Coming => words.Coming(Event.StartsAt, notification.At, Event.TimeZone);

    protected string StartDay => words.Day(Event.StartsAt, notification.At, Event.TimeZone);

    /// <summary>Days from the notification to the start.</summary>
    protected int DaysLeft => TimeZones.Words.DaysUntil(Event.StartsAt, notification.At, Event.TimeZone);

    /// <summary>Who organises the event, in a sentence.</summary>
    protected Phrase Host => Organiser is { } address
        ? Phrase.OfPeople(EmailAddress.ToShow(address)) : Say("The organiser", "L’organisateur");

    protected IReadOnlyList<Phrase> Changes => [.. (Data.Changes ?? []).Select(Sentence)];

    private string WhereLabel => Say("Where", "Où").ToString();

    private Phrase ToBeAnnounced => Say("to be announced", "à préciser");

    private Phrase? WhenBefore
    {
        get
        {
            if (Change("START") is null && Change("END") is null) return null;
            var start = Change("START") is { } moved ? TimeOf(moved.Before) : Event.StartsAt;
            var end = Change("END") is { } ended ? TimeOf(ended.Before) : start + (Event.EndsAt - Event.StartsAt);
            return words.Span(start, end, Event.TimeZone);
        }
    }

    private Phrase? WhereBefore => Change("LOCATION") is { Before.Length: > 0 } change ? Where(change.Before) : null;

    /// <summary>None for what is no place on earth.</summary>
    private MailLink? Map
    {
        get
        {
            if (IsEventOff || Online().IsMatch(Event.Location)) return null;
            var sought = Excerpt.Of(Event.Location, MapCharsAtMost).TrimEnd('…');
            return new MailLink(Say("Map", "Carte").ToString(), new Uri(MapSearch + Uri.EscapeDataString(sought)), LinkLook.Quiet);
        }
    }

    private EventDifference? Change(string what) => Data.Changes?.FirstOrDefault(change => change.What == what);

    private static Phrase Where(string location) => Phrase.OfPeople(location);

    private Phrase Sentence(EventDifference change) => change.What switch
    {
        "TITLE" => Say(
            $"Title: “{new Theirs(change.After)}” instead of “{new Theirs(change.Before)}”.",
            $"Titre : « {new Theirs(change.After)} » au lieu de « {new Theirs(change.Before)} »."),
        "LOCATION" when change.Before.Length == 0 => Say($"Where: {Where(change.After)}.", $"Où : {Where(change.After)}."),
        "LOCATION" => Say(
            $"Where: {Or(change.After)} instead of {Where(change.Before)}.",
            $"Où : {Or(change.After)} au lieu de {Where(change.Before)}."),
        "START" => Say(
            $"Start: {Time(change.After)} instead of {Time(change.Before)}.",
            $"Début : {Time(change.After)} au lieu de {Time(change.Before)}."),
        _ => Say(
            $"End: {Time(change.After)} instead of {Time(change.Before)}.",
            $"Fin : {Time(change.After)} au lieu de {Time(change.Before)}."),
    };

    private Phrase Or(string location) => location.Length == 0 ? ToBeAnnounced : Where(location);

    private string Time(string text) => words.Moment(TimeOf(text), Event.TimeZone);

    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>An address of the web, or the word for no place at all.</summary>
    [GeneratedRegex(
        @"://|^www\.|^\S+\.\S+/|^(online|en ligne|à distance|remote)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Online();
}
