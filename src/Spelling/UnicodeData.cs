using System.Globalization;

namespace Seats.Spelling;

/// <summary>What Unicode says of taking characters apart and putting them together.</summary>
/// <remarks>
/// A table of our own, since the framework's comes from the machine: it is missing where the machine has no ICU, and two nodes with two
/// versions would store two forms of one text.
/// </remarks>
internal sealed class UnicodeData
{
    private readonly Dictionary<int, Entry> entries = new(7_000);
    private readonly Dictionary<(int First, int Second), int> pairs = new(1_000);

    public static UnicodeData Instance { get; } = new();

    private UnicodeData()
    {
        using var file = new StreamReader(typeof(UnicodeData).Assembly.GetManifestResourceStream("unicode.txt")!);
        var composed = new List<(int Code, Entry Entry)>();
        while (file.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var fields = line.Split(';');
            var (code, entry) = (Hex(fields[0]), EntryOf(fields[1], fields[2]));
            entries.Add(code, entry);
            if (entry is { IsCanonical: true, Parts.Length: 2 } && fields.Length == 3) composed.Add((code, entry));
        }
        foreach (var (code, entry) in composed)
        {
            // What begins with a mark, or is one, never comes together (Unicode, D114).
            if (entry.Class == 0 && ClassOf(entry.Parts[0]) == 0) pairs.Add((entry.Parts[0], entry.Parts[1]), code);
        }
    }

    /// <summary>Where a mark stands among others of its letter; 0 for what is no mark.</summary>
    public int ClassOf(int code) => entries.TryGetValue(code, out var entry) ? entry.Class : 0;

    /// <summary>What a character is made of, one step; empty for itself.</summary>
    public int[] PartsOf(int code, bool compatibility) =>
        entries.TryGetValue(code, out var entry) && (entry.IsCanonical || compatibility) ? entry.Parts : [];

    /// <summary>The character that two make; null for none.</summary>
    public int? Compose(int first, int second) => pairs.TryGetValue((first, second), out var code) ? code : null;

    private static Entry EntryOf(string markClass, string decomposition)
    {
        var parts = decomposition.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var canonical = parts.Length > 0 && parts[0][0] != '<';
        return new Entry(
            int.Parse(markClass, CultureInfo.InvariantCulture), canonical, [.. parts.Where(part => part[0] != '<').Select(Hex)]);
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly record struct Entry(int Class, bool IsCanonical, int[] Parts);
}
