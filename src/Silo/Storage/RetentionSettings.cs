namespace Seats.Silo.Storage;

/// <summary>How long notifications are kept once they are settled.</summary>
/// <param name="Notifications">Of those that were sent or given up; null for ever.</param>
/// <param name="DeadLetters">Of those that failed for good and that nobody dealt with; null for ever.</param>
public sealed record RetentionSettings(TimeSpan? Notifications, TimeSpan? DeadLetters)
{
    // A ledger that forgets a notification sends it again where it comes again: Kafka keeps records for a week, unless told otherwise.
    private const int DaysAtLeast = 8;
    private const int DaysAtMost = 36_500;
    private const int NotificationDays = 90;
    private const int DeadLetterDays = 365;

    /// <summary>From <c>Retention:NotificationDays</c> and <c>Retention:DeadLetterDays</c>; 0 is for ever.</summary>
    /// <exception cref="InvalidOperationException">The configuration cannot be meant.</exception>
    public static RetentionSettings From(IConfiguration configuration) => new(
        Days(configuration, "Retention:NotificationDays", NotificationDays),
        Days(configuration, "Retention:DeadLetterDays", DeadLetterDays));

    private static TimeSpan? Days(IConfiguration configuration, string key, int usual) => configuration.GetValue(key, usual) switch
    {
        0 => null,
        >= DaysAtLeast and <= DaysAtMost and var days => TimeSpan.FromDays(days),
        var days => throw new InvalidOperationException($"{key} is 0 (for ever) or from {DaysAtLeast} to {DaysAtMost}, not {days}."),
    };
}
