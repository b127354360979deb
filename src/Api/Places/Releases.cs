using Seats.Core;

namespace Seats.Api.Places;

/// <summary>What somebody gives back, from the query or from a body: a request line has no room for the names of many places.</summary>
internal static class Releases
{
    /// <summary>What is mistyped, empty or said twice must not give back more than was meant.</summary>
    public static (string? Hold, IReadOnlyList<string>? Seats, Violation? Broken) Of(IQueryCollection query, ReleaseBody body)
    {
        if (query.Keys.FirstOrDefault(name => name is not ("hold" or "seats")) is { } unknown) return Broken(unknown, Rules.Unknown);
        foreach (var (name, value) in query)
            if (string.IsNullOrWhiteSpace(value)) return Broken(name, Rules.Required);
        if (query.ContainsKey("hold") && body.Hold is not null) return Broken("hold", Rules.Conflict);
        if (query.ContainsKey("seats") && body.Seats is not null) return Broken("seats", Rules.Conflict);
        if (body.Hold?.Trim().Length == 0) return Broken("hold", Rules.Required);
        var hold = query.ContainsKey("hold") ? query["hold"].ToString() : body.Hold;
        var seats = query.ContainsKey("seats") ? SeatsIn(query["seats"]) : body.Seats;
        if (seats is null) return (hold, null, null);
        if (seats.Count is 0 or > Limits.PlacesInOneCommandAtMost)
            return (null, null, new Violation("seats", Rules.Count, 1, Limits.PlacesInOneCommandAtMost));
        return Wishes.NoName(seats) is { } noName ? (null, null, noName) : (hold, seats, null);
    }

    private static string[] SeatsIn(IEnumerable<string?> lists) =>
        [.. lists.SelectMany(list => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static (string?, IReadOnlyList<string>?, Violation?) Broken(string member, string rule) =>
        (null, null, new Violation(member, rule));
}
