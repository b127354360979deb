namespace Seats.Silo.Membership;

/// <summary>
/// Ends a silo that must not go on: most often because the others declared it dead while it did not answer. Its events are elsewhere by then,
/// and the journal takes nothing from it. What runs it starts it again; it joins as a new silo.
/// </summary>
internal sealed class SiloEnd(ILoggerFactory loggers, Action<int> exit) : IFatalErrorHandler
{
    /// <summary>Declared dead: nothing is broken here, and the silo is to be started again.</summary>
    public const int DeclaredDead = 0;

    /// <summary>Anything else that Orleans cannot go on with; EX_SOFTWARE of sysexits.h.</summary>
    public const int Fatal = 70;

    private const string DeathAsOrleansSaysIt = "I have been told I am dead";
    private int ended;

    /// <summary>Whether it is about to end.</summary>
    public bool IsEnding => Volatile.Read(ref ended) != 0;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not ThreadInterruptedException;

    /// <inheritdoc/>
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (context?.Contains(DeathAsOrleansSaysIt, StringComparison.Ordinal) == true) DeclareDead();
        else End(Fatal, $"This silo cannot go on and ends: {context} {exception?.Message}".TrimEnd(), exception);
    }

    /// <summary>The others count this silo as dead.</summary>
    public void DeclareDead() => End(
        DeclaredDead,
        "The other silos declared this one dead, because it did not answer them for a while. It ends now, to be started again; "
        + "nothing it acknowledged is lost.",
        null);

    private void End(int code, string reason, Exception? exception)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0) return;
        loggers.CreateLogger<SiloEnd>().LogCritical(exception, "{Reason}", reason);
        // Not on the caller's thread: Orleans calls from the middle of its own work.
        var ending = new Thread(() =>
        {
            // Disposed, the console writes what waits to be written.
            loggers.Dispose();
            exit(code);
        });
        ending.Start();
    }
}
