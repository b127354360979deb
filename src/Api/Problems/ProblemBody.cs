namespace Seats.Api.Problems;

/// <summary>A problem as RFC 9457 writes it, with the members this API adds.</summary>
internal sealed record ProblemBody
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public required string Detail { get; init; }
    public required string Code { get; init; }
    public required bool Retryable { get; init; }
    public required string TraceId { get; init; }
    public IReadOnlyList<ConflictBody>? Conflicts { get; init; }
    public IReadOnlyList<IReadOnlyList<string>>? Alternatives { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
    public int? Limit { get; init; }
    public int? Mine { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? By { get; init; }
    public long? Version { get; init; }

    /// <summary>Which of several causes of the code it is.</summary>
    public string? Reason { get; init; }
}

/// <summary>A seat that stands in the way, and the letter of its state.</summary>
internal sealed record ConflictBody(string Seat, string State);
