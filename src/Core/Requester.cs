namespace Seats.Core;

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
