namespace Seats.Identity.Storage;

/// <summary>What a database says where two wanted the same.</summary>
internal static class Conflicts
{
    /// <summary>A unique index let somebody else through.</summary>
    public static bool IsUniqueViolation(Exception? failure) => failure
        is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation }
        or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT };
}
