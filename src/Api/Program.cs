using Seats.Api;
using Seats.Clustering;
using Seats.TimeZones;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders().AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat, options.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Seats", LogLevel.Information);
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));

var postgres = builder.Configuration.GetConnectionString("Seats")
    ?? throw new InvalidOperationException("An API node of a cluster needs ConnectionStrings:Seats (Postgres). For one machine, run src/Standalone.");
builder.UseSeatsCluster(postgres);
builder.AddSeatsApi(dataFolder: "data");

var app = builder.Build();
app.MapSeatsApi();
app.Logger.LogInformation("Time zones follow the rules of {Edition}", ZoneRules.Edition);
app.Run();
