namespace Seats.Silo.Notifications;

/// <summary>Pauses before something that failed is tried again.</summary>
internal static class Backoff
{
    /// <summary>The first pause, doubled with each further failure, up to a bound.</summary>
    /// <param name="before">Failures before the one that the pause follows.</param>
    public static TimeSpan After(int before, TimeSpan first, TimeSpan atMost) =>
        TimeSpan.FromSeconds(Math.Min(atMost.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Max(0, before))));
}
