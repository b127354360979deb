namespace Seats.Core;

/// <summary>An event as its organisers and buyers see it; every setting has its effective value.</summary>
[GenerateSerializer, Immutable, Alias("event-view")]
public sealed record EventView
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required long Version { get; init; }
    [Id(2)] public required EventStatus State { get; init; }
    [Id(3)] public required string Owner { get; init; }
    [Id(4)] public required EventSettings Settings { get; init; }
    [Id(5)] public required IReadOnlyList<SectionCount> Sections { get; init; }
    [Id(6)] public required PlaceCounts Places { get; init; }

    /// <summary>Times the start moved, for calendars.</summary>
    [Id(7)] public required int Sequence { get; init; }
}

/// <summary>Places of a section.</summary>
[GenerateSerializer, Immutable, Alias("section-count")]
public sealed record SectionCount(string Id, string Name, string Category, bool IsArea, int Total, int Free);

/// <summary>Where the places of an event are. Total is their sum without <paramref name="Waiting"/>, which counts places asked for in line.</summary>
[GenerateSerializer, Immutable, Alias("place-counts")]
public sealed record PlaceCounts(int Total, int Free, int Held, int Offered, int Invited, int Confirmed, int Blocked, int Waiting);
