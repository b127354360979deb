using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Seats.Mail;
using Seats.Mail.Transports;
using Seats.Silo.Storage;
using Seats.TimeZones;

namespace Seats.Standalone;

/// <summary>Says on start what runs where, and what to do next.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app, SeatsStorage storage, string data)
    {
        var url = AddressOf(app);
        Console.WriteLine($"""

            Seats runs at {url}
              events, holds, the line   one Orleans silo in this process
              journal and accounts      {(storage.Postgres is null ? data : "Postgres (ConnectionStrings:Seats)")}
              mail                      {MailTo(app, url)}
              time zones                {ZoneRules.Edition}
              all calls                 {url}/docs
              health                    {url}/health/ready

            Try it: paste these lines in a shell, in this order.

            {(app.Configuration["Authentication:Authority"] is { Length: > 0 } issuer ? TokenFrom(issuer) : $"{Register(url)}\n{SignIn(url)}")}
            {Create(url)}

            Stop with Ctrl+C; everything is kept.

            """);
    }

    private static string MailTo(WebApplication app, string url)
    {
        var mail = app.Services.GetRequiredService<MailSettings>();
        var destination = app.Services.GetRequiredService<IMailTransport>().Destination;
        return mail.Host is null && app.Environment.IsDevelopment() ? $"{destination}, shown at {url}/dev/mail" : destination;
    }

    private static string Register(string url) =>
        $$$"""curl -s {{{url}}}/auth/register -H 'Content-Type: application/json' -d '{"username":"john.doe","email":"john.doe@example.com","password":"password123","firstName":"John","lastName":"Doe"}'; echo""";

    private static string TokenFrom(string issuer) => $"TOKEN=…   # an access token that {issuer} gave you";

    private static string SignIn(string url) =>
        $$$"""TOKEN=$(curl -s {{{url}}}/auth/login -H 'Content-Type: application/json' -d '{"username":"john.doe","password":"password123"}' | sed 's/.*"access_token":"\([^"]*\)".*/\1/')""";

    private static string Create(string url) =>
        $$$"""EVENT=$(curl -s {{{url}}}/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title":"First night","eventDate":"{{{DateTime.UtcNow.AddMonths(3):yyyy-MM-dd}}}T20:00:00","maxCapacity":100}' | sed 's/^{"id":\([0-9]*\).*/\1/'); curl -s {{{url}}}/invitations/$EVENT/seats/lock -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"places":2}'; echo""";

    private static string AddressOf(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8080";
        return address.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//*", "//localhost").Replace("//+", "//localhost").TrimEnd('/');
    }
}
