namespace Seats.Standalone;

/// <summary>Where this process listens, and where it keeps its data.</summary>
internal static class StandaloneArguments
{
    private const string DefaultUrl = "http://localhost:8080";

    /// <summary><c>--data DIR</c> and <c>--urls URLS</c>, as configuration reads them.</summary>
    public static string[] Normalize(string[] args) => [.. args.Select(arg => arg == "--data" ? "--Data" : arg)];

    public static string Urls(IConfiguration configuration) =>
        configuration["urls"] is { Length: > 0 } urls ? urls : configuration["http_ports"] is { Length: > 0 } ports ? $"http://*:{ports}" : DefaultUrl;

    /// <summary><c>--data</c>, else <c>Data</c> or <c>SEATS_DATA</c> in the environment, else <c>./data</c>.</summary>
    public static string DataFolder(IConfiguration configuration)
    {
        var given = configuration["Data"] ?? configuration["SEATS_DATA"];
        return Path.GetFullPath(given is { Length: > 0 } ? given : "data");
    }
}
