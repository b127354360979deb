namespace Seats.Silo.Journal;

/// <summary>The state of an event that a list filters by, from its row in the index and the time, in the SQL of both databases.</summary>
internal static class StateOfEvents
{
    /// <summary>An expression; <c>$5</c> is the time. As the event itself says it at that time.</summary>
    public const string Sql = """
        case when state = 'CANCELLED' then state when ends_at <= $5 then 'OVER' when state = 'PAUSED' then state
            when sales_from > $5 then 'NOT_ON_SALE' when coalesce(sales_until, starts_at) <= $5 then 'SALES_OVER' else 'ON_SALE' end
        """;
}
