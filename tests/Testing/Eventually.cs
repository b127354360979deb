namespace Seats.Testing;

/// <summary>Waits for what a real process does in its own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="OperationCanceledException">It did not hold within the patience.</exception>
    public static Task TrueAsync(Func<bool> condition, TimeSpan patience) => TrueAsync(() => Task.FromResult(condition()), patience);

    /// <exception cref="OperationCanceledException">It did not hold within the patience.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (!await condition()) await Task.Delay(Pause, end.Token);
    }
}
