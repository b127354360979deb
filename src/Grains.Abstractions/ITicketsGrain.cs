namespace Seats.Grains.Abstractions;

/// <summary>What the door must know of tickets. Key 0; stateless.</summary>
[Alias("tickets")]
public interface ITicketsGrain : IGrainWithIntegerKey
{
    /// <summary>The key that ticket codes are verified with, offline.</summary>
    [Alias("key")] Task<TicketKey> PublicKey();
}

/// <summary>A public key on P-256 as a JSON Web Key writes it (RFC 7518, 6.2.1): coordinates in base64url.</summary>
/// <param name="Id">Thumbprint of the key (RFC 7638), so that another key has another id.</param>
[GenerateSerializer, Immutable, Alias("ticket-key")]
public sealed record TicketKey(string Id, string X, string Y);
