using System.Text.Json.Serialization;
using Seats.Api.Json;
using Seats.Core;

namespace Seats.Api.Events;

/// <summary>An event as its organiser writes it; on PUT, only what is present changes.</summary>
internal sealed record EventBody
{
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Location { get; init; }
    public string? EventDate { get; init; }
    public string? EndDate { get; init; }
    public string? TimeZone { get; init; }
    public int? MaxCapacity { get; init; }
    public bool? WaitlistEnabled { get; init; }
    public Visibility? Visibility { get; init; }
    public SeatingBody? Seating { get; init; }
    public string? SalesFrom { get; init; }
    public string? SalesUntil { get; init; }
    public int? HoldSeconds { get; init; }
    public int? HoldSecondsAtMost { get; init; }
    public int? PlacesPerPerson { get; init; }
    public int? OfferSeconds { get; init; }
    public int? RespondSeconds { get; init; }
    public bool? AutoPromote { get; init; }
    public OrphanRule? Orphans { get; init; }
    public int? OvertakesAtMost { get; init; }
    public IReadOnlyList<string>? Reminders { get; init; }
    public IReadOnlyList<string>? CoOrganisers { get; init; }
    public IReadOnlyList<string>? Helpers { get; init; }
    public OfferClock? OfferClock { get; init; }
    public string? OffersUntil { get; init; }
    public bool? SkipUnreachable { get; init; }
}

/// <summary><c>"SEATS"</c>, <c>"GENERAL"</c>, or a plan.</summary>
[JsonConverter(typeof(SeatingConverter))]
internal sealed record SeatingBody(SeatingKind Kind, PlanBody? Plan);

internal sealed record PlanBody(IReadOnlyList<SectionBody>? Sections);

internal sealed record SectionBody(string? Id, string? Name, string? Category, IReadOnlyList<RowBody>? Rows, int? Capacity);

internal sealed record RowBody
{
    [JsonConverter(typeof(LabelConverter))]
    public string? Row { get; init; }
    public int? Seats { get; init; }
    public int? First { get; init; }
    public IReadOnlyList<int>? Gaps { get; init; }
}

/// <summary>Why an event is cancelled, or places are blocked.</summary>
internal sealed record ReasonBody(string? Reason);
