using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Api.Accounts;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Identity;
using Seats.Testing;

namespace Seats.Api.Tests.Accounts;

/// <summary>From the accounts' database to a silo: a mail that no silo takes waits, and the registration does not.</summary>
public sealed class VerificationMailsTests
{
    private readonly ConcurrentQueue<VerificationMail> taken = [];
    private readonly IGrainFactory grains;
    private int refusals;

    public VerificationMailsTests()
    {
        var notifications = DispatchProxy.Create<INotificationsGrain, FakeCluster.Proxy>();
        ((FakeCluster.Proxy)(object)notifications).Answer = (_, arguments) => TakeAsync((IReadOnlyList<VerificationMail>)arguments[0]!);
        grains = DispatchProxy.Create<IGrainFactory, FakeCluster.Proxy>();
        ((FakeCluster.Proxy)(object)grains).Answer = (_, _) => notifications;
    }

    [Fact]
    public async Task MailThatNoSiloTakes_IsHandedOverLater_AndOnce()
    {
        await using var node = await NodeAsync(Directory.CreateTempSubdirectory("seats-api-").FullName);
        refusals = 2;
        using var mails = MailsOf(node);
        await mails.StartAsync(CancellationToken.None);
        var account = (await RegisterAsync(node)).Account!;
        await Eventually.TrueAsync(() => Task.FromResult(!taken.IsEmpty), TimeSpan.FromSeconds(30));
        await mails.StopAsync(CancellationToken.None);
        var mail = Assert.Single(taken);
        Assert.Equal((account.Id, "ann", "ann@example.com", "en"), (mail.PersonId, mail.Username, mail.Email, mail.Locale));
        Assert.Equal(-1, refusals);
    }

    [Fact]
    public async Task MailOfANodeThatDied_IsHandedOverByAnother()
    {
        var folder = Directory.CreateTempSubdirectory("seats-api-").FullName;
        await using (var dead = await NodeAsync(folder)) await RegisterAsync(dead);
        await using var node = await NodeAsync(folder);
        using var mails = MailsOf(node);
        await mails.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(!taken.IsEmpty), TimeSpan.FromSeconds(30));
        await mails.StopAsync(CancellationToken.None);
        Assert.Single(taken);
    }

    private Task TakeAsync(IReadOnlyList<VerificationMail> mails)
    {
        if (Interlocked.Decrement(ref refusals) >= 0) throw new TimeoutException("No silo answers.");
        foreach (var mail in mails) taken.Enqueue(mail);
        return Task.CompletedTask;
    }

    private VerificationMails MailsOf(WebApplication node) => new(
        node.Services.GetRequiredService<IAccounts>(), node.Services, grains, TimeProvider.System, NullLogger<VerificationMails>.Instance);

    private static Task<RegisterOutcome> RegisterAsync(WebApplication node) => node.Services.GetRequiredService<IAccounts>().RegisterAsync(
        new Identity.Registration("ann", "ann@example.com", "password123", "Ann", "Lee", null), null, CancellationToken.None);

    private static async Task<WebApplication> NodeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSeatsIdentity(builder.Configuration, folder);
        var node = builder.Build();
        await node.StartAsync();
        return node;
    }
}
