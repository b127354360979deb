using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Mail.DevMail;
using Seats.Mail.Transports;
using Seats.Testing;

namespace Seats.Mail.Tests;

/// <summary>The mails of a machine without a mail server, in a browser.</summary>
public sealed class DevMailboxTests : IAsyncLifetime
{
    private const int Places = 1_000;
    private readonly string folder = Directory.CreateTempSubdirectory("seats-mail-").FullName;
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(url);
        app.MapDevMail(folder);
        await app.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(url) };
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task FileThatIsNoMail_IsNamed_AndHidesNoOther()
    {
        await SendAsync(Samples.Of(NotificationKind.WaitlistJoined));
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.eml"), "no mail at all");
        await File.WriteAllBytesAsync(Path.Combine(folder, "huge.eml"), new byte[5 * 1024 * 1024]);
        var page = await http.GetStringAsync("/dev/mail");
        Assert.Contains("broken.eml (cannot be shown)", page, StringComparison.Ordinal);
        Assert.Contains("huge.eml (cannot be shown)", page, StringComparison.Ordinal);
        Assert.Contains("john.doe@example.com", page, StringComparison.Ordinal);
        foreach (var name in new[] { "broken.eml", "huge.eml", "missing.eml" })
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/dev/mail/{name}")).StatusCode);
    }

    [Fact]
    public async Task LargestMail_IsShown()
    {
        var largest = Samples.Of(NotificationKind.RegistrationConfirmed);
        var names = Enumerable.Range(0, Places).Select(number => $"{new string('é', 40)}/{new string('席', 40)}/{10_000 + 2 * number}");
        await SendAsync(largest with { Data = largest.Data with { Places = Places, Seats = [.. names], Rows = null } });
        var name = Uri.EscapeDataString(Path.GetFileName(Assert.Single(Directory.GetFiles(folder))));
        Assert.Contains(name, await http.GetStringAsync("/dev/mail"), StringComparison.Ordinal);
        Assert.Contains("10000", await http.GetStringAsync($"/dev/mail/{name}"), StringComparison.Ordinal);
        Assert.Contains("10000", await http.GetStringAsync($"/dev/mail/{name}/html"), StringComparison.Ordinal);
    }

    private async Task SendAsync(Notification notification)
    {
        using var mail = await Samples.Composer.ComposeAsync(notification);
        await new FolderTransport(folder).SendAsync(mail, () => true, CancellationToken.None);
    }
}
