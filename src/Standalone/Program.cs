using Seats.Api;
using Seats.Mail;
using Seats.Mail.DevMail;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;
using Seats.Standalone;

if (StandaloneArguments.AsksForHelp(args))
{
    Console.WriteLine(StandaloneArguments.Help);
    return 0;
}
try
{
    await RunAsync(args);
    return 0;
}
catch (Exception failure) when (StartRefusal.Explain(failure) is { } reason)
{
    Console.Error.WriteLine($"Seats did not start: {reason}");
    return 1;
}

static async Task RunAsync(string[] args)
{
    var builder = WebApplication.CreateBuilder(StandaloneArguments.Normalize(args));
    builder.Logging.UseSeatsLogging(builder.Configuration);
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
    builder.WebHost.UseSetting("urls", StandaloneArguments.Urls(builder.Configuration));

    ListeningAddresses.MustBeFree(StandaloneArguments.Urls(builder.Configuration));
    var data = StandaloneArguments.DataFolder(builder.Configuration);
    DataFolder.KeepNewFilesPrivate();
    using var only = DataFolderLock.Take(data);
    var open = DataFolder.Close(data);
    var storage = SeatsStorage.From(builder.Configuration, data);
    // What may refuse the start comes before the silo, which takes its time to stop again.
    builder.AddSeatsApi(data);
    builder.AddSeatsSilo(storage, FreePorts.OnLoopback(), Path.Combine(data, "mail"));

    var app = builder.Build();
    if (open.Count > 0)
        app.Logger.LogWarning("These files were open to other users of this machine and are not any more: {Files}", string.Join(", ", open));
    app.MapSeatsApi();
    var mail = app.Services.GetRequiredService<MailSettings>();
    if (app.Environment.IsDevelopment() && mail.Host is null) app.MapDevMail(mail.Folder);
    app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app, storage, data));
    await app.RunAsync();
}
