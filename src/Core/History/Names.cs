namespace Seats.Core.History;

/// <summary>Names of facts as the API writes them.</summary>
internal static class Names
{
    /// <summary><c>SeatsHeld</c> to <c>SEATS_HELD</c>.</summary>
    public static string UpperSnake(string name)
    {
        var snake = new System.Text.StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToUpperInvariant(letter));
        }
        return snake.ToString();
    }
}
