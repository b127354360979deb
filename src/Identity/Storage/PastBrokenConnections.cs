using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Seats.Identity.Storage;

/// <summary>
/// Connections that a restart of the database broke are found out by using them: a call gets past them, and not more. A database that does not answer in
/// time is not asked again: somebody waits.
/// </summary>
internal sealed class PastBrokenConnections(ExecutionStrategyDependencies dependencies) : NpgsqlRetryingExecutionStrategy(dependencies, Retries, Delay, errorCodesToAdd: null)
{
    private const int Retries = 2;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    protected override bool ShouldRetryOn(Exception? exception) =>
        exception is not (TimeoutException or NpgsqlException { InnerException: TimeoutException }) && base.ShouldRetryOn(exception);
}
