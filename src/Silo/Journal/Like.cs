using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>Patterns for LIKE in which what people type stands for itself.</summary>
internal static class Like
{
    /// <summary>A pattern for search texts that contain <paramref name="text"/>; the escape character is a backslash.</summary>
    public static string Containing(string text) =>
        $"%{SearchText.Of(text).Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
