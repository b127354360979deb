using Xunit;

namespace Seats.Testing.Postgres;

/// <summary>A test that needs Postgres; where there is none it is skipped, and says so.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Given is null && PostgresServer.Programs is null)
            Skip = "No Postgres here: install it, or name one in SEATS_TEST_POSTGRES.";
    }
}
