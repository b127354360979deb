using Seats.Spelling;

namespace Seats.Core;

/// <summary>The answer to a command or a question about an event: a value, or a refusal with a named status.</summary>
/// <param name="Version">The version the answer rests on; durable before the answer leaves.</param>
/// <param name="Replayed">True when this command had been decided before and the first answer is given again.</param>
/// <param name="Made">True when the command made something new (201 rather than 200).</param>
[GenerateSerializer, Immutable, Alias("reply`1")]
public sealed record Reply<T>(long Version, T? Value, Refusal? Refusal, bool Replayed, bool Made) where T : class;

/// <summary>A refusal: nothing happened, why, and what would work.</summary>
[GenerateSerializer, Immutable, Alias("refusal")]
public sealed record Refusal(RefusalStatus Status)
{
    /// <summary>Seats that stand in the way, with the letter of their state.</summary>
    [Id(0)] public IReadOnlyList<SeatConflict> Conflicts { get; init; } = [];

    /// <summary>Choices of the same size that would be accepted now.</summary>
    [Id(1)] public IReadOnlyList<IReadOnlyList<string>> Alternatives { get; init; } = [];

    /// <summary>Members of the request that break a rule.</summary>
    [Id(2)] public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>The limit that was met: places a person, or the smallest capacity possible.</summary>
    [Id(3)] public int? Limit { get; init; }

    /// <summary>What the person has already, or what is taken already.</summary>
    [Id(4)] public int? Mine { get; init; }

    /// <summary>When: used before, sales open, expired.</summary>
    [Id(5)] public DateTimeOffset? At { get; init; }

    /// <summary>Who did it before, or which thing is meant.</summary>
    [Id(6)] public string? Subject { get; init; }

    /// <summary>What people call <see cref="Subject"/>.</summary>
    [Id(7)] public string? Name { get; init; }

    /// <summary>After how long the same command may be accepted; it is told in whole seconds.</summary>
    [Id(8)] public int? RetryAfterSeconds { get; init; }
}

/// <summary>A seat that stands in the way, and the letter of its state: H, O, I, T, B or -.</summary>
[GenerateSerializer, Immutable, Alias("seat-conflict")]
public sealed record SeatConflict(string Seat, char State);

/// <summary>A member of a request that breaks a rule.</summary>
/// <param name="Member">camelCase path of the member: <c>maxCapacity</c>, <c>sections[0].rows</c>.</param>
/// <param name="Rule">Which rule: see <see cref="Rules"/>.</param>
[GenerateSerializer, Immutable, Alias("violation")]
public sealed record Violation(string Member, string Rule, long? AtLeast = null, long? AtMost = null);

/// <summary>The rules a member can break, as stable names.</summary>
public static class Rules
{
    public const string Required = "required";
    public const string Length = "length";
    public const string Range = "range";
    public const string Past = "past";
    public const string Order = "order";
    public const string Unknown = "unknown";
    public const string Duplicate = "duplicate";
    public const string Characters = "characters";
    public const string Conflict = "conflict";
    public const string Count = "count";
    public const string DaysAtMost = "days";
    public const string Address = "address";

    /// <summary>There are letters beyond ASCII before the @ of an address.</summary>
    public const string AddressLetters = "address.letters";

    /// <summary>Numbers printed on seats where positions of the row are meant.</summary>
    public const string Positions = "positions";

    /// <summary>A password that everybody would try first.</summary>
    public const string Guessed = "guessed";

    /// <summary>Followed by what the member looks like.</summary>
    public const string Alike = "alike ";

    public static string Of(AddressFault fault) => fault switch
    {
        AddressFault.Form => Address,
        AddressFault.LocalLetters => AddressLetters,
    };
}
