using System.Text.Json.Serialization;
using Seats.Api.Json;
using Seats.Core;
using Seats.Spelling;

namespace Seats.Api.Invitations;

/// <summary>A claim on places: from a hold, named, or any; for oneself, or for somebody by e-mail.</summary>
internal sealed record InvitationBody
{
    public long? EventId { get; init; }
    public string? Hold { get; init; }
    public IReadOnlyList<string>? Seats { get; init; }
    public string? Section { get; init; }

    [JsonConverter(typeof(LabelConverter))]
    public string? SeatRow { get; init; }
    public int? SeatNumber { get; init; }
    public int? Places { get; init; }
    public IReadOnlyList<string>? Sections { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public bool? Together { get; init; }
    public string? UserEmail { get; init; }
    public bool? Confirm { get; init; }
    public bool? Waitlist { get; init; }
}

internal sealed record JoinBody(int? Places, bool? Together, IReadOnlyList<string>? Categories);

/// <summary>A person's claim.</summary>
internal sealed record InvitationAnswer
{
    public required string Id { get; init; }
    public required long EventId { get; init; }
    public required long Version { get; init; }
    public required InvitationStatus Status { get; init; }
    public required InvitationOrigin Origin { get; init; }
    public string? UserEmail { get; init; }
    public required int Places { get; init; }
    public required IReadOnlyList<string> Seats { get; init; }
    public DateTimeOffset? RespondBy { get; init; }

    /// <summary>True while the mail about an offer is on its way: the time to answer begins with it.</summary>
    public bool? AwaitsMail { get; init; }
    public int? Position { get; init; }
    public string? TicketCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CheckedInAt { get; init; }

    public static InvitationAnswer Of(InvitationView view) => new()
    {
        Id = new InvitationId(view.EventId, view.Number).ToString(),
        EventId = view.EventId,
        Version = view.Version,
        Status = view.Status,
        Origin = view.Origin,
        UserEmail = view.Email.Length == 0 ? null : EmailAddress.ToShow(view.Email),
        Places = view.Places,
        Seats = view.Seats,
        RespondBy = view.RespondBy,
        AwaitsMail = view.AwaitsMail ? true : null,
        Position = view.Position,
        TicketCode = view.TicketCode,
        CreatedAt = view.CreatedAt,
        CheckedInAt = view.CheckedInAt,
    };
}
