namespace Seats.Processes.Tests;

/// <summary>One process on one machine, as the README starts it.</summary>
public sealed class StandaloneTests
{
    [Fact]
    public async Task PrintedLines_WorkInOrder_AndEverythingIsThereAfterARestart()
    {
        var (port, data) = (FreePort.Next(), Directory.CreateTempSubdirectory("seats-standalone-").FullName);
        await using (var first = RealProcess.StartStandalone(port, data))
        {
            await first.ReadyAsync(port);
            var lines = await PrintedLinesAsync(first);
            var said = await RealProcess.RunAsync("bash", "-c", string.Join('\n', lines));
            Assert.Contains("\"username\":\"john.doe\"", said, StringComparison.Ordinal);
            Assert.Contains("\"state\":\"HELD\"", said, StringComparison.Ordinal);
            Assert.InRange(await first.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
        await using var second = RealProcess.StartStandalone(port, data);
        await second.ReadyAsync(port);
        var again = (await PrintedLinesAsync(second))[1];
        var holds = await RealProcess.RunAsync("bash", "-c", $"{again}\ncurl -s http://127.0.0.1:{port}/invitations/1/seats/lock -H \"Authorization: Bearer $TOKEN\"");
        Assert.Contains("main/1/5", holds, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatIsOpenToEverybody_GetsFilesForTheirOwnerAlone()
    {
        var (port, data) = (FreePort.Next(), Directory.CreateTempSubdirectory("seats-standalone-").FullName);
        await RealProcess.RunAsync("chmod", "755", data);
        await using var process = RealProcess.StartStandalone(port, data);
        await process.ReadyAsync(port);
        Assert.NotEmpty(Directory.GetFiles(data));
        // None of them was open to others, even for a moment.
        Assert.DoesNotContain("open to other users", process.Output, StringComparison.Ordinal);
        Assert.Equal("", await RealProcess.RunAsync("find", data, "-mindepth", "1", "-perm", "/077"));
    }

    [Fact]
    public async Task SecondProcess_OnTheSameData_IsTurnedAway()
    {
        var (port, data) = (FreePort.Next(), Directory.CreateTempSubdirectory("seats-standalone-").FullName);
        await using var first = RealProcess.StartStandalone(port, data);
        await first.ReadyAsync(port);
        await using var beside = RealProcess.StartStandalone(FreePort.Next(), data);
        await EventuallyAsync(() => beside.Output.Contains($"Another Seats uses {data}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WellKnownPassword_OutsideDevelopment_IsRefused()
    {
        var data = Directory.CreateTempSubdirectory("seats-standalone-").FullName;
        await using var process = RealProcess.StartStandalone(FreePort.Next(), data, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Admin__Username", "admin"), ("Admin__Password", "P@ssw0rd"));
        await EventuallyAsync(() => process.Output.Contains("Admin:Password is one that everybody would try first", StringComparison.Ordinal));
    }

    private static async Task<string[]> PrintedLinesAsync(RealProcess process)
    {
        await EventuallyAsync(() => process.Output.Contains("Stop with Ctrl+C", StringComparison.Ordinal));
        return [.. process.Output.Split('\n').Where(line => line.Contains("curl -s", StringComparison.Ordinal))];
    }

    private static Task EventuallyAsync(Func<bool> condition) => Eventually.TrueAsync(condition, TimeSpan.FromMinutes(1));
}
