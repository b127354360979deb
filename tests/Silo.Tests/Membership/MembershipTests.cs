using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Seats.Core;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;

namespace Seats.Silo.Tests.Membership;

/// <summary>Who may declare a silo dead.</summary>
public sealed class MembershipTests
{
    [Fact]
    public async Task OneSiloWhoseOwnWayIsBroken_KillsNobody_WhereThereIsAThird()
    {
        var folder = Directory.CreateTempSubdirectory("seats-membership-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.AddSeatsSilo(SeatsStorage.InFolder(folder), new SiloPlace(false, IPAddress.Loopback, 1, 2, "silo"), folder);
        await using var app = builder.Build();
        var votes = app.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.NumVotesForDeathDeclaration;
        // Orleans asks for so many, and never for more than half of the silos that are left: of two, one is enough.
        Assert.InRange(votes, 2, 3);
    }
}
