namespace Seats.Silo.Hosting;

/// <summary>One line an entry on the console; libraries speak up only when something is wrong.</summary>
public static class ConsoleLogging
{
    /// <summary>Sets providers and levels; configuration under <c>Logging</c> still wins.</summary>
    public static void UseSeatsLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat, options.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Seats", LogLevel.Information);
        // Its first check measures the machine's uptime and always complains.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }
}
