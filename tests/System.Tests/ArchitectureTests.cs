using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Seats.Processes.Tests;

/// <summary>References are the architecture: who may know whom. They are read from what was compiled.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("Spelling")]
    [InlineData("TimeZones", "NodaTime")]
    [InlineData("Clustering", "Microsoft", "Npgsql", "Orleans")]
    // The serializer alone: no grains, no database, no web.
    [InlineData("Core", "Orleans.Serialization", "Seats.Spelling", "Seats.TimeZones")]
    [InlineData("Grains.Abstractions", "Orleans.Core.Abstractions", "Orleans.Serialization", "Seats.Core")]
    [InlineData("Grains", "Microsoft.Extensions", "Orleans", "Seats.Core", "Seats.Grains.Abstractions")]
    [InlineData("Streams.Kafka", "Confluent.Kafka", "Microsoft.Extensions", "Orleans")]
    [InlineData(
        "Mail", "Ical.Net", "MailKit", "Microsoft", "MimeKit", "NodaTime", "Orleans.Serialization", "Polly", "QRCoder", "Seats.Core", "Seats.Spelling",
        "Seats.TimeZones")]
    public void Project_KnowsNobodyElse(string project, params string[] allowed) =>
        Assert.DoesNotContain(ReferencesOf(project), reference => !allowed.Any(name => IsOf(reference, name)));

    [Theory]
    [InlineData("Npgsql", "Clustering", "Identity", "Silo")]
    [InlineData("Microsoft.Data.Sqlite", "Identity", "Silo")]
    [InlineData("Microsoft.EntityFrameworkCore", "Identity")]
    [InlineData("Confluent.Kafka", "Silo", "Streams.Kafka")]
    [InlineData("MailKit", "Mail")]
    [InlineData("Orleans.Runtime", "Clustering", "Grains", "Silo", "Streams.Kafka")]
    public void Library_IsAnAdaptersOwn(string library, params string[] owners) => Assert.Equal(
        owners.Order(StringComparer.Ordinal),
        Projects().Where(project => ReferencesOf(project).Any(reference => IsOf(reference, library))).Order(StringComparer.Ordinal));

    [Fact]
    public void Api_ReachesEventsThroughOrleansAlone() => Assert.DoesNotContain(
        ReferencesOf("Api"), reference => reference is "Seats.Silo" or "Seats.Grains" or "Seats.Mail" or "Seats.Streams.Kafka" or "Npgsql");

    /// <summary>A library, or one of its parts: <c>Orleans.Core</c> is of <c>Orleans</c>.</summary>
    private static bool IsOf(string reference, string library) =>
        reference == library || reference.StartsWith($"{library}.", StringComparison.Ordinal);

    private static IEnumerable<string> Projects() =>
        Directory.GetDirectories(Path.Combine(RealProcess.Root, "src")).Select(folder => Path.GetFileName(folder)!);

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var built = Path.Combine(RealProcess.Root, "src", project, "bin", RealProcess.Configuration, "net10.0", $"Seats.{project}.dll");
        using var file = new PEReader(File.OpenRead(built));
        var reader = file.GetMetadataReader();
        // What .NET itself consists of may be used by everybody.
        return
        [
            .. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))
                .Where(name => !name.StartsWith("System", StringComparison.Ordinal)),
        ];
    }
}
