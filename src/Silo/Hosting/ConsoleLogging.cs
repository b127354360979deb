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
        // Said at every change of the ring.
        logging.AddFilter("Seats.Silo.Notifications.MailerService", LogLevel.Warning);
        logging.AddFilter("Seats.Silo.Health.SiloHealthService", LogLevel.Warning);
        // A start that fails ends the process, which says why.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Its first check measures the machine's uptime and always complains.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // The keys are kept in the database beside what they protect; the database is what must be kept safe.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // Races between nodes that start at once are expected, and handled where they happen.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }
}
