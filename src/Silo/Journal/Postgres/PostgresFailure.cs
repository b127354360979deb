using System.Net.Sockets;
using Npgsql;

namespace Seats.Silo.Journal;

/// <summary>What the failures of a Postgres database mean.</summary>
internal static class PostgresFailure
{
    /// <summary>Whether the database, or the way to it, failed.</summary>
    public static bool IsOne(Exception failure) => failure is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>
    /// Whether the failure may mean that the database is unavailable. Not one that it answered about a statement of ours, and not a pool that is busy.
    /// </summary>
    public static bool MayBeAnOutage(Exception failure) => failure switch
    {
        PostgresException answered => EndsTheSession(answered),
        PoolBusyException => false,
        _ => IsOne(failure),
    };

    /// <summary>The connection broke, which says nothing of the next one: it may have been idle while the database restarted.</summary>
    public static bool IsBrokenConnection(Exception failure) => failure switch
    {
        PostgresException answered => EndsTheSession(answered),
        NpgsqlException { InnerException: IOException or SocketException } => true,
        _ => false,
    };

    /// <summary>The server ended the session: it shuts down, starts up, or has no connection left. Its severity is FATAL in every language.</summary>
    public static bool EndsTheSession(PostgresException failure) => failure.InvariantSeverity is "FATAL" or "PANIC";
}
