using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Seats.Core;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Silo.Tests.Journal;
using Seats.Silo.Tickets;

namespace Seats.Silo.Tests.Tickets;

/// <summary>Ticket codes: their own are known, everything else is not.</summary>
public sealed class TicketOfficeTests
{
    [Fact]
    public async Task Code_IsKnownByAnyOfficeOfTheDatabase_AndSaysWhatItIsFor()
    {
        await using var services = await ServicesAsync();
        var (one, other) = (await OpenAsync(services), await OpenAsync(services));
        Assert.True(other.TryRead(one.Issue(7, 12), out var eventId, out var invitation));
        Assert.Equal((7, 12, one.PublicKey), (eventId, invitation, other.PublicKey));
    }

    [Fact]
    public async Task Code_OfAnotherKey_IsNotKnown()
    {
        await using var services = await ServicesAsync();
        await using var elsewhere = await ServicesAsync();
        Assert.False((await OpenAsync(services)).TryRead((await OpenAsync(elsewhere)).Issue(7, 12), out _, out _));
    }

    [Fact]
    public async Task Code_ThatIsMisread_IsNotKnown_AndNothingWorse()
    {
        await using var services = await ServicesAsync();
        var office = await OpenAsync(services);
        var code = office.Issue(7, 12);
        foreach (var letter in "+/.é =\n\0")
            for (var at = 0; at < code.Length; at += 7) Assert.False(office.TryRead(string.Concat(code.AsSpan(0, at), letter.ToString(), code.AsSpan(at + 1)), out _, out _));
        foreach (var wrong in new[] { "", "x", code[..^1], code + "A", new string('a', code.Length), new string('_', code.Length) }) Assert.False(office.TryRead(wrong, out _, out _));
        var random = new Random(4);
        for (var time = 0; time < 500; time++)
            Assert.False(office.TryRead(string.Concat(Enumerable.Range(0, code.Length).Select(_ => "ABCXYZabcxyz0189-_"[random.Next(18)])), out _, out _));
    }

    [Fact]
    public async Task Key_ThatIsGiven_IsTheKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await using var services = await ServicesAsync();
        var office = await OpenAsync(services, ("Tickets:PrivateKey", key.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(key.ExportParameters(false).Q.X), office.PublicKey.X);
        await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(services, ("Tickets:PrivateKey", "nonsense")));
    }

    private static async Task<ServiceProvider> ServicesAsync()
    {
        var services = JournalUnderTest.Services(SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-tickets-").FullName));
        await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);
        return services;
    }

    private static async Task<TicketOffice> OpenAsync(IServiceProvider services, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build();
        var office = new TicketOffice(services.GetRequiredService<SharedKeys>(), configuration);
        await office.OpenAsync();
        return office;
    }
}
