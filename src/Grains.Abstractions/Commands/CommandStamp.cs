namespace Seats.Grains.Abstractions;

/// <summary>Who asks. The identity is <paramref name="Id"/>, never the e-mail address.</summary>
/// <param name="Id">Person id as the issuer of the deployment gives it; empty for someone who is not signed in.</param>
/// <param name="Email">Verified address in lower case, or empty.</param>
/// <param name="Contact">Where the person is written to as long as the issuer verified no address: it proves nothing. Plausible and in lower case, or null.</param>
/// <param name="IsAdmin">Whether the person administers the deployment.</param>
[GenerateSerializer, Immutable, Alias("requester")]
public sealed record Requester(string Id, string Email, bool IsAdmin, string? Locale = null, string? Contact = null)
{
    /// <summary>Where the person is written to; empty where nobody knows.</summary>
    public string Address => Email.Length > 0 ? Email : Contact ?? "";

    /// <summary>Someone who is not signed in.</summary>
    public static Requester Anonymous { get; } = new("", "", false);

    /// <summary>The deployment itself: mail feedback, wake-ups.</summary>
    public static Requester System { get; } = new("system", "", true);

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsKnown => Id.Length > 0;
}

/// <summary>What travels with every command: its id, a hash of its body, and who sent it.</summary>
/// <param name="Id">128 bits; the same id means the same command, and is obeyed once.</param>
/// <param name="BodyHash">Tells a repeated command from another one under the same id.</param>
/// <param name="Keyed">
/// True when the id comes from a client's idempotency key: its reply, also a refusal, is stored for a day. The id of a command without a key is known for
/// <see cref="Limits.CommandRetryMinutes"/>, so that a caller may send it again after a failure.
/// </param>
[GenerateSerializer, Immutable, Alias("stamp")]
public sealed record CommandStamp(Guid Id, long BodyHash, bool Keyed, Requester By);
