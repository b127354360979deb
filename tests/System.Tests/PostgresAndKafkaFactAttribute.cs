using Seats.Testing.Kafka;
using Seats.Testing.Postgres;

namespace Seats.Processes.Tests;

/// <summary>A test that needs Postgres and a real Kafka; where one is missing it is skipped, and says so.</summary>
public sealed class PostgresAndKafkaFactAttribute : FactAttribute
{
    public PostgresAndKafkaFactAttribute() => Skip = new PostgresFactAttribute().Skip ?? new KafkaFactAttribute().Skip;
}
