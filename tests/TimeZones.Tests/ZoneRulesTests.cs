using NodaTime;

namespace Seats.TimeZones.Tests;

/// <summary>Whose rules hold, and what clocks show.</summary>
public sealed class ZoneRulesTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("seats-zones-").FullName;

    [Theory]
    [InlineData("tzdata.zi", "# version 2099b\n# This zic input file is in the public domain.", "2099b")]
    [InlineData("tzdata.zi", "# version 2099b-dirty", "2099b")]
    [InlineData("+VERSION", "2099za\n", "2099za")]
    public void NewerRulesOfTheMachine_Hold(string file, string text, string edition)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        var source = ZoneRules.Choose(folder);
        Assert.Equal($"{edition} ({folder})", source.VersionId);
        Assert.Contains("Europe/Paris", source.GetIds());
        Assert.Equal("Europe/Paris", source.ForId("Europe/Paris").Id);
    }

    [Theory]
    [InlineData("# version 2019c")]
    [InlineData("version unknown")]
    [InlineData("")]
    [InlineData(null)]
    public void OlderRules_OrThoseOfNoKnownEdition_DoNot(string? text)
    {
        if (text is not null) File.WriteAllText(Path.Combine(folder, "tzdata.zi"), text);
        Assert.EndsWith("(NodaTime)", ZoneRules.Choose(folder).VersionId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026b", "2026a", true)]
    [InlineData("2027a", "2026z", true)]
    [InlineData("2026za", "2026z", true)]
    [InlineData("2026z", "2026za", false)]
    [InlineData("2026a", "2026a", false)]
    public void Editions_AreOrdered(string edition, string than, bool newer) => Assert.Equal(newer, TzdbEdition.IsNewer(edition, than));

    [Fact]
    public void RulesOfTheMachine_AreReadRight()
    {
        var machine = new MachineZones("2099a", folder);
        foreach (var id in new[] { "UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu" })
        {
            var (zone, expected) = (machine.ForId(id), TimeZoneInfo.FindSystemTimeZoneById(id));
            for (var time = new DateTimeOffset(2025, 1, 1, 0, 30, 0, TimeSpan.Zero); time.Year < 2032; time = time.AddHours(12))
                Assert.True(expected.GetUtcOffset(time) == zone.GetUtcOffset(Instant.FromDateTimeOffset(time)).ToTimeSpan(), $"{id} at {time}");
        }
    }

    [Theory]
    [InlineData("2027-01-15T18:00:00Z", "Europe/Paris", "America/New_York", "2027-01-16T00:00:00Z")]
    [InlineData("2027-07-15T18:00:00Z", "UTC", "Asia/Kolkata", "2027-07-15T12:30:00Z")]
    // Clocks in Paris skip 02:30, and show it twice in autumn.
    [InlineData("2027-03-28T02:30:00Z", "UTC", "Europe/Paris", "2027-03-28T01:30:00Z")]
    [InlineData("2027-10-31T02:30:00Z", "UTC", "Europe/Paris", "2027-10-31T00:30:00Z")]
    [InlineData("2027-01-15T18:00:00Z", "UTC", "Mars/Olympus", "2027-01-15T18:00:00Z")]
    public void SameReading_IsWhatClocksShow(string instant, string from, string to, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), ZoneRules.SameReading(DateTimeOffset.Parse(instant, null), from, to));
}
