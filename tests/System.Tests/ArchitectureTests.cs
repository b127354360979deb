using System.Xml.Linq;

namespace Seats.Processes.Tests;

/// <summary>References are the architecture: who may know whom.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("Spelling")]
    [InlineData("TimeZones", "NodaTime")]
    [InlineData(
        "Clustering", "Microsoft.AspNetCore.App", "Microsoft.Orleans.Client", "Microsoft.Orleans.Clustering.AdoNet",
        "Microsoft.Orleans.Connections.Security", "Microsoft.Orleans.Runtime", "Npgsql")]
    [InlineData(
        "Core", "Microsoft.Orleans.CodeGenerator", "Microsoft.Orleans.Serialization", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Spelling",
        "TimeZones")]
    [InlineData("Grains.Abstractions", "Core", "Microsoft.Orleans.Sdk")]
    [InlineData(
        "Grains", "Core", "Grains.Abstractions", "Microsoft.Orleans.Sdk", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Reminders",
        "Microsoft.CodeAnalysis.BannedApiAnalyzers")]
    [InlineData("Streams.Kafka", "Confluent.Kafka", "Microsoft.Orleans.Streaming")]
    [InlineData("Mail", "Core", "Ical.Net", "MailKit", "NodaTime", "TimeZones", "Polly", "Polly.RateLimiting", "QRCoder")]
    public void Project_KnowsNobodyElse(string project, params string[] allowed) => Assert.Empty(ReferencesOf(project).Except(allowed));

    [Theory]
    [InlineData("Npgsql", "Clustering", "Silo")]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL", "Identity")]
    [InlineData("Microsoft.Data.Sqlite", "Silo")]
    [InlineData("Confluent.Kafka", "Streams.Kafka")]
    [InlineData("MailKit", "Mail")]
    public void Library_IsAnAdaptersOwn(string library, params string[] owners) =>
        Assert.Equal(owners.Order(), Projects().Where(project => ReferencesOf(project).Contains(library)).Order());

    [Fact]
    public void Api_ReachesEventsThroughOrleansAlone() => Assert.DoesNotContain(ReferencesOf("Api"), reference => reference is "Silo" or "Grains" or "Mail" or "Streams.Kafka" or "Npgsql");

    private static IEnumerable<string> Projects() => Directory.GetDirectories(Path.Combine(RealProcess.Root, "src")).Select(folder => Path.GetFileName(folder)!);

    private static List<string> ReferencesOf(string project) => [.. XDocument.Load(Path.Combine(RealProcess.Root, "src", project, $"{project}.csproj")).Descendants()
        .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference")
        .Select(element => element.Attribute("Include")!.Value)
        .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(include) : include)];
}
