using System.Text.RegularExpressions;

namespace Seats.TimeZones;

/// <summary>Editions of the tz database: a year and letters, <c>2026f</c>; after z comes za.</summary>
internal static partial class TzdbEdition
{
    /// <summary>The edition of a folder of compiled zones; null where nothing says it.</summary>
    public static string? In(string folder) => Of(Path.Combine(folder, "tzdata.zi")) ?? Of(Path.Combine(folder, "+VERSION"));

    public static bool IsNewer(string edition, string than) => Order(edition).CompareTo(Order(than)) > 0;

    private static string? Of(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            return reader.ReadLine() is { } line && Pattern().Match(line) is { Success: true } match ? match.Groups["edition"].Value : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Order(string edition) => $"{edition[..4]}{edition.Length}{edition[4..]}";

    /// <summary><c># version 2026f</c>, or the edition alone; what was added behind a hyphen (<c>-dirty</c>) does not matter.</summary>
    [GeneratedRegex("^(# version )?(?<edition>[0-9]{4}[a-z]+)(-|$)")]
    private static partial Regex Pattern();
}
