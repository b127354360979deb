using Seats.Core;

namespace Seats.Grains.Abstractions;

/// <summary>What travels with every command: its id, a hash of its body, and who sent it.</summary>
/// <param name="Id">128 bits; the same id means the same command, and is obeyed once.</param>
/// <param name="BodyHash">Tells a repeated command from another one under the same id.</param>
/// <param name="Keyed">
/// True when the id comes from a client's idempotency key: its reply, also a refusal, is stored for a day. The id of a command without a key is known for
/// <see cref="Limits.CommandRetryMinutes"/>, so that a caller may send it again after a failure.
/// </param>
[GenerateSerializer, Immutable, Alias("stamp")]
public sealed record CommandStamp(Guid Id, long BodyHash, bool Keyed, Requester By);
