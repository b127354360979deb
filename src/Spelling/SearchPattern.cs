namespace Seats.Spelling;

/// <summary>Patterns for LIKE in which what people type stands for itself.</summary>
public static class SearchPattern
{
    /// <summary>A pattern for folded texts that contain <paramref name="text"/>; the escape character is a backslash.</summary>
    public static string Containing(string text) =>
        $"%{SearchText.Fold(text).Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
