using Seats.Bench;

// dotnet run -c Release --project bench/Bench -- [all|core|process|http|sellout|offers|memory|mail] [--seconds N] [--out FILE]
// dotnet run -c Release --project bench/Bench -- recovery [--times N] [--out FILE]
// The last one kills processes of a cluster of its own; it wants a build of the solution.
var what = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "all";
var seconds = int.Parse(Option("--seconds") ?? "4");
var table = new Table();

if (what is "all" or "core") PureCore.Run(table);
if (what is "recovery") await Recovery.RunAsync(table, int.Parse(Option("--times") ?? "3"));
if (what is not ("core" or "mail" or "recovery"))
{
    await using var server = await BenchServer.StartAsync(("Mail:Enabled", "false"));
    if (what is "all" or "process") await InProcess.RunAsync(server, table, seconds);
    if (what is "all" or "http") await OverHttp.RunAsync(server, table, seconds);
    if (what is "all" or "sellout") await SellOut.RunAsync(server, table);
    if (what is "all" or "offers") await Offers.RunAsync(server, table);
    if (what is "all" or "memory") await Memory.RunAsync(server, table);
}
if (what is "all" or "mail") await Mails.RunAsync(table, seconds);

Console.WriteLine(table);
if (Option("--out") is { } file) await File.WriteAllTextAsync(file, table.ToString());

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
