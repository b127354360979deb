using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
using Seats.Silo.Membership;

namespace Seats.Silo.Tests.Membership;

/// <summary>A silo that comes back declares its earlier runs dead, whoever else writes membership meanwhile.</summary>
public sealed class PreviousIncarnationsTests
{
    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 11111);
    private static readonly IPEndPoint There = new(IPAddress.Loopback, 11112);

    [Fact]
    public async Task EarlierRuns_AreDeclaredDead_ThoughOthersWriteFirst()
    {
        var table = new ContestedTable(losesFirst: 3, Entry(Here, 1), Entry(Here, 2), Entry(There, 1));
        await PreviousIncarnationsOf(table, generation: 3).DeclareDeadAsync(CancellationToken.None);
        Assert.Equal([SiloStatus.Dead, SiloStatus.Dead, SiloStatus.Active], table.Entries.Select(entry => entry.Status));
    }

    [Fact]
    public async Task LaterRuns_AndOthers_AreLeftAlone()
    {
        var table = new ContestedTable(losesFirst: 0, Entry(Here, 5), Entry(There, 1));
        await PreviousIncarnationsOf(table, generation: 5).DeclareDeadAsync(CancellationToken.None);
        Assert.All(table.Entries, entry => Assert.Equal(SiloStatus.Active, entry.Status));
        Assert.Equal(0, table.Writes);
    }

    private static PreviousIncarnations PreviousIncarnationsOf(IMembershipTable table, int generation) =>
        new(table, new Self(SiloAddress.New(Here, generation)), NullLogger<PreviousIncarnations>.Instance);

    private static MembershipEntry Entry(IPEndPoint endpoint, int generation) => new()
    {
        SiloAddress = SiloAddress.New(endpoint, generation),
        Status = SiloStatus.Active,
        HostName = "localhost",
        SiloName = "silo",
    };

    private sealed record Self(SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string Name => "silo";
        public string ClusterId => "seats";
        public string DnsHostName => "localhost";
        public SiloAddress GatewayAddress => SiloAddress;
    }

    /// <summary>A membership table in memory on which somebody else writes just before the first few updates.</summary>
    private sealed class ContestedTable(int losesFirst, params MembershipEntry[] entries) : IMembershipTable
    {
        private TableVersion version = new(1, "1");

        public IReadOnlyList<MembershipEntry> Entries => entries;

        public int Writes { get; private set; }

        public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new MembershipTableData([.. entries.Select((entry, index) => Tuple.Create(CopyOf(entry), $"{index}"))], version));

        public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken)
        {
            if (Writes++ < losesFirst) Bump();
            if (tableVersion.Version != version.Version + 1) return Task.FromResult(false);
            entries[int.Parse(etag)].Status = entry.Status;
            Bump();
            return Task.FromResult(true);
        }

        public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

        public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

        public Task<MembershipTableData> ReadRow(SiloAddress key) => throw new NotSupportedException();

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

        public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();

        private void Bump() => version = new TableVersion(version.Version + 1, $"{version.Version + 1}");

        private static MembershipEntry CopyOf(MembershipEntry entry) =>
            new() { SiloAddress = entry.SiloAddress, Status = entry.Status, HostName = entry.HostName, SiloName = entry.SiloName };
    }
}
