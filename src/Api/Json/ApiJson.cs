using System.Text.Json;
using System.Text.Json.Serialization;
using Seats.Api.Accounts;
using Seats.Api.CheckIn;
using Seats.Api.Events;
using Seats.Api.Explain;
using Seats.Api.Health;
using Seats.Api.Invitations;
using Seats.Api.Notifications;
using Seats.Api.Places;
using Seats.Api.Problems;

namespace Seats.Api.Json;

/// <summary>
/// Every body this API reads or writes; source generated: <see cref="Strict"/> for what it reads, <see cref="Answers"/> for what it writes.
/// </summary>
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(ProfileBody))]
[JsonSerializable(typeof(VerifyBody))]
[JsonSerializable(typeof(ResendBody))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(TokensAnswer))]
[JsonSerializable(typeof(VerifiedAnswer))]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(ListAnswer<AccountAnswer>))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(ListAnswer<EventAnswer>))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(SeatsBody))]
[JsonSerializable(typeof(SeatsAnswer))]
[JsonSerializable(typeof(MapAnswer))]
[JsonSerializable(typeof(LockBody))]
[JsonSerializable(typeof(ChangeLockBody))]
[JsonSerializable(typeof(HoldAnswer))]
[JsonSerializable(typeof(ListAnswer<HoldAnswer>))]
[JsonSerializable(typeof(ReleaseBody))]
[JsonSerializable(typeof(ReleasedAnswer))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(InvitationAnswer))]
[JsonSerializable(typeof(ListAnswer<InvitationAnswer>))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(TicketBody))]
[JsonSerializable(typeof(CheckInAnswer))]
[JsonSerializable(typeof(TicketKeysAnswer))]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(ListAnswer<NotificationAnswer>))]
[JsonSerializable(typeof(ListAnswer<DeadLetterAnswer>))]
[JsonSerializable(typeof(ReplayedAnswer))]
[JsonSerializable(typeof(DeletedAnswer))]
[JsonSerializable(typeof(ResilienceAnswer))]
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    private const int DepthReadAtMost = 8;

    /// <summary>
    /// Bodies as they are read: unknown and repeated members are refused, and deep nesting; absent and null are the same.
    /// </summary>
    public static ApiJson Strict { get; } = new(StrictOptions());

    /// <summary>
    /// Answers as they are written: limits of what may be read are none of theirs. A list nests an event two levels deeper than its
    /// organiser did.
    /// </summary>
    public static ApiJson Answers { get; } = new(CommonOptions());

    public static JsonSerializerOptions StrictOptions()
    {
        var options = CommonOptions();
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = DepthReadAtMost;
        return options;
    }

    private static JsonSerializerOptions CommonOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UpperSnakeEnumConverter() },
    };
}

/// <summary>A page of a list; <paramref name="Next"/> is absent on the last.</summary>
/// <param name="Version">Of the event the list is about; absent for lists over many events.</param>
/// <param name="Unavailable">Events that a list over many leaves out because they cannot be shown now; absent when there is none.</param>
internal sealed record ListAnswer<T>(
    IReadOnlyList<T> Items, string? Next, long? Version = null, IReadOnlyCollection<long>? Unavailable = null);

/// <summary>Nothing to say.</summary>
internal sealed record EmptyBody;
