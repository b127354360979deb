using System.Text.Json.Serialization;
using Seats.Api.Json;
using Seats.Core;

namespace Seats.Api.Places;

/// <summary>Which places: named, one by row and number, or a number of the best available.</summary>
internal sealed record LockBody
{
    public IReadOnlyList<string>? Seats { get; init; }
    public string? Section { get; init; }

    [JsonConverter(typeof(LabelConverter))]
    public string? SeatRow { get; init; }
    public int? SeatNumber { get; init; }
    public int? Places { get; init; }
    public IReadOnlyList<string>? Sections { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public bool? Together { get; init; }
}

/// <summary>The new places of a hold, or more time.</summary>
internal sealed record ChangeLockBody
{
    public IReadOnlyList<string>? Seats { get; init; }
    public string? Section { get; init; }

    [JsonConverter(typeof(LabelConverter))]
    public string? SeatRow { get; init; }
    public int? SeatNumber { get; init; }
    public bool? Extend { get; init; }
}

internal sealed record SeatsBody(IReadOnlyList<string>? Seats, string? Reason);

internal sealed record SeatsAnswer(long EventId, long Version, IReadOnlyList<string> Seats);

/// <summary>What to give back: of one hold or of all, all places or some.</summary>
internal sealed record ReleaseBody(string? Hold, IReadOnlyList<string>? Seats);

internal sealed record ReleasedAnswer(IReadOnlyList<string> Released, long Version);

/// <summary>Places locked for the caller until a deadline.</summary>
internal sealed record HoldAnswer(
    string Id, long EventId, long Version, HoldState State, IReadOnlyList<string> Seats, DateTimeOffset Until, DateTimeOffset UntilAtMost)
{
    public static HoldAnswer Of(HoldView view) =>
        new($"{view.EventId}-h{view.Number}", view.EventId, view.Version, view.State, view.Seats, view.Until, view.UntilAtMost);
}
