using System.Diagnostics;
using System.Text;

namespace Seats.Processes.Tests;

/// <summary>A process as an operator starts it, with what it prints.</summary>
internal sealed class RealProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process process;
    private readonly StringBuilder output = new();

    private RealProcess(Process process) => this.process = process;

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: as these tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public static RealProcess Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var started = new RealProcess(Process.Start(start)!);
        started.process.OutputDataReceived += (_, line) => started.Note(line.Data);
        started.process.ErrorDataReceived += (_, line) => started.Note(line.Data);
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>One machine, in Development unless the environment says otherwise.</summary>
    public static RealProcess StartStandalone(int port, string data, params (string, string)[] environment) => Start(
        "dotnet",
        [Path.Combine(Root, $"src/Standalone/bin/{Configuration}/net10.0/Seats.Standalone.dll"), "--urls", $"http://127.0.0.1:{port}", "--data", data],
        [("ASPNETCORE_ENVIRONMENT", "Development"), .. environment]);

    /// <summary>Waits until it answers that it is ready.</summary>
    public async Task ReadyAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await IsReadyAsync(port))
        {
            Assert.False(process.HasExited, Output);
            Assert.False(patience.IsCancellationRequested, $"Not ready in time: {Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }

    /// <summary>Asks it to end, and waits; returns how long that took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        await RunAsync("kill", $"-{Sigterm}", process.Id.ToString());
        await process.WaitForExitAsync();
        return clock.Elapsed;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Root })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await TerminateAsync();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var answer = await Http.GetAsync($"http://127.0.0.1:{port}/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Seats.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
