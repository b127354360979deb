using System.Net;
using Seats.Silo.Health;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;
using Seats.TimeZones;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.UseSeatsLogging(builder.Configuration);
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));

var connection = builder.Configuration.GetConnectionString("Seats")
    ?? throw new InvalidOperationException("A silo of a cluster needs ConnectionStrings:Seats (Postgres). For one machine, run src/Standalone.");
var place = new SiloPlace(
    Clustered: true,
    IPAddress.Parse(builder.Configuration["Silo:Address"] ?? "127.0.0.1"),
    builder.Configuration.GetValue("Silo:Port", 11111),
    builder.Configuration.GetValue("Silo:GatewayPort", 30000),
    builder.Configuration["Silo:Name"] ?? Environment.MachineName);
builder.AddSeatsSilo(SeatsStorage.OnPostgres(connection), place, mailFolder: Path.GetFullPath("mail"));

var app = builder.Build();
app.MapSiloHealth();
app.Logger.LogInformation("Time zones follow the rules of {Edition}", ZoneRules.Edition);
try
{
    await app.RunAsync();
    return 0;
}
catch (InvalidOperationException refused)
{
    // A start that cannot be, said in a sentence.
    Console.Error.WriteLine($"The silo did not start: {refused.Message}");
    return 1;
}
