namespace Seats.Standalone;

/// <summary>Where this process listens, and where it keeps its data.</summary>
internal static class StandaloneArguments
{
    public const string Help = """
        Seats on one machine.

          dotnet run --project src/Standalone [-- --urls http://127.0.0.1:8080] [--data DIR] [--Key value]...

          --urls URLS   where HTTP listens             (default http://localhost:8080)
          --data DIR    where everything is kept       (default ./data)
          --Key value   any configuration key, such as --Smtp:Host mail.example.com; docs/running.md lists them.

        The same keys work in the environment: Smtp__Host=mail.example.com
        """;

    private const string DefaultUrl = "http://localhost:8080";

    /// <summary><c>--data DIR</c> and <c>--urls URLS</c>, as configuration reads them.</summary>
    public static string[] Normalize(string[] args) => [.. args.Select(arg => arg == "--data" ? "--Data" : arg)];

    public static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    public static string Urls(IConfiguration configuration) =>
        configuration["urls"] is { Length: > 0 } urls ? urls : configuration["http_ports"] is { Length: > 0 } ports ? $"http://*:{ports}" : DefaultUrl;

    /// <summary><c>--data</c>, else <c>Data</c> or <c>SEATS_DATA</c> in the environment, else <c>./data</c>.</summary>
    public static string DataFolder(IConfiguration configuration)
    {
        var given = configuration["Data"] ?? configuration["SEATS_DATA"];
        return Path.GetFullPath(given is { Length: > 0 } ? given : "data");
    }
}
