namespace Seats.Silo.Journal;

/// <summary>Patterns for LIKE in which what people type stands for itself.</summary>
internal static class Like
{
    /// <summary>A pattern for texts that contain <paramref name="text"/>; the escape character is a backslash.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
