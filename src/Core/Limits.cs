namespace Seats.Core;

/// <summary>Every bound of the domain in one place, with units in the names.</summary>
public static class Limits
{
    public const int TitleCharsAtMost = 200;
    public const int DescriptionCharsAtMost = 5_000;
    public const int LocationCharsAtMost = 200;
    public const int ReasonCharsAtMost = 500;
    public const int LabelCharsAtMost = 40;

    /// <summary>Of the name of a place: section, row and number.</summary>
    public const int PlaceCharsAtMost = 3 * LabelCharsAtMost;
    public const int NameCharsAtMost = 100;
    public const int EmailCharsAtMost = 254;
    public const int PersonIdCharsAtMost = 300;

    public const int CapacityAtLeast = 1;
    public const int CapacityAtMost = 100_000;
    public const int SectionsAtMost = 500;
    public const int RowsAtMost = 10_000;
    public const int RowSeatsAtMost = 1_000;
    public const int SeatNumberAtMost = 99_999;

    /// <summary>Grid positions and units an event may ever have used, seats taken out of the plan included.</summary>
    public const int PositionsAtMost = 400_000;

    public const int PlacesInOneCommandAtMost = 1_000;
    public const int SeatsBlockedAtOnceAtMost = 10_000;
    public const int PlacesPerPersonDefault = 10;
    public const int WaitlistEntriesAtMost = 200_000;
    public const int InvitationsAtMost = 1_000_000;

    /// <summary>Invitations and entries in line that one person began in one event and that ended; those that live do not count.</summary>
    public const int InvitationsEndedPerPersonAtMost = 5_000;

    /// <summary>Events that one person owns and that are neither over nor cancelled, unless the deployment says otherwise.</summary>
    public const int EventsPerPersonDefault = 10_000;

    /// <summary>Places of these events together, unless the deployment says otherwise.</summary>
    public const int PlacesPlannedPerPersonDefault = 20_000_000;

    /// <summary>Offers and promotions of one version; the line goes on in the next version at once.</summary>
    public const int PromotionsInOneVersionAtMost = 100;

    /// <summary>Once the offers and promotions of one version gave so many places, the line goes on in the next version.</summary>
    public const int PlacesPromotedInOneVersionAtMost = 2_000;

    /// <summary>Holds, invitations and entries in line that time ends in one version; the rest ends in the next versions at once.</summary>
    public const int LapsesInOneVersionAtMost = 500;

    /// <summary>Entries that an offer names as overtaken: the first of each kind of wish.</summary>
    public const int OvertakenListedAtMost = 10;

    public const int HoldSecondsDefault = 600;
    public const int HoldSecondsAtLeast = 30;
    public const int HoldSecondsAtMost = 3_600;
    public const int HoldSecondsHardCapDefault = 1_800;
    public const int HoldSecondsHardCapAtMost = 14_400;

    /// <summary>The time that a hold somebody lets lapse costs at least; where an event's holds last longer, as long as they do.</summary>
    public const int AbandonedSecondsAtLeast = 600;

    /// <summary>How many such times somebody may abandon in one event before they wait for the next hold.</summary>
    public const int AbandonedUnitsAllowed = 3;

    /// <summary>A hold that was abandoned sooner costs nothing.</summary>
    public const int AbandonedSecondsCounted = 1;

    /// <summary>How long somebody waits at most for the next hold, and when what they abandoned is forgotten.</summary>
    public const int AbandonedHoursRemembered = 24;

    /// <summary>People of one event whose abandoned holds are remembered; whoever abandoned one longest ago is forgotten first.</summary>
    public const int AbandonersRememberedAtMost = 100_000;
    public const int OfferSecondsDefault = 3_600;
    public const int OfferSecondsAtLeast = 10;
    public const int OfferSecondsAtMost = 2_592_000;
    /// <summary>How long an offer waits for its mail at most before its time runs all the same.</summary>
    public const int OfferMailHoursAtMost = 24;

    /// <summary>Offers of one event that go on to the next in line within an hour because their mail could not be delivered.</summary>
    public const int OffersSkippedInAnHourAtMost = 5;

    /// <summary>Times within an hour that guests of one event are notified of a change at once; further changes are gathered.</summary>
    public const int ChangeNoticesInAnHourAtMost = 5;
    public const int RespondSecondsDefault = 259_200;
    public const int RespondSecondsAtLeast = 10;
    public const int RespondSecondsAtMost = 7_776_000;
    public const int EventHoursDefault = 3;
    public const int EventDaysAtMost = 366;

    public const int OvertakesDefault = 10;
    public const int OvertakesAtMost = 1_000;
    public const int RemindersAtMost = 10;
    public const int ReminderDaysAtMost = 60;
    public const int CoOrganisersAtMost = 50;
    public const int HelpersAtMost = 200;

    public const int PageAtMost = 100;
    public const int AlternativesAtMost = 3;
    public const int ExplainItemsAtMost = 1_000;

    /// <summary>Histories of one event that are asked for at the same time; one is told, the others wait.</summary>
    public const int ExplanationsWaitingAtMost = 8;

    /// <summary>How long the reply to a command under a client's key is kept.</summary>
    public const int CommandMemoryHours = 24;

    /// <summary>How long an event knows that it obeyed a command without a key, for a caller that sends it again after a failure.</summary>
    public const int CommandRetryMinutes = 2;

    /// <summary>Commands without a key that one event remembers at most; older ones are forgotten first.</summary>
    public const int CommandsRememberedAtMost = 200_000;

    /// <summary>Keyed commands of one activation that are known one by one; beyond it every keyed command is looked up.</summary>
    public const int KeyedCommandsKnownAtMost = 65_536;

    /// <summary>Replies one event keeps in memory as they were given.</summary>
    public const int RecentRepliesAtMost = 4_096;

    /// <summary>Bytes of stored refusals under keys of one person in one event and hour; beyond it refusals are not stored.</summary>
    public const int RefusalBytesInAnHourAtMost = 1_000_000;

    /// <summary>People of one event whose stored refusals are counted in one hour; beyond it those of others are not stored.</summary>
    public const int PeopleBudgetedAtMost = 50_000;

    /// <summary>Calls one event accepts while earlier ones wait for the journal; above it the event answers that it is overloaded.</summary>
    public const int CallsInFlightAtMost = 20_000;
}
