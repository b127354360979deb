namespace Seats.Identity.Storage;

/// <summary>An account was asked by mail to prove an address.</summary>
internal sealed class VerificationRow
{
    public Guid Id { get; set; }

    public string AccountId { get; set; } = "";

    public string Email { get; set; } = "";

    public string NormalizedEmail { get; set; } = "";

    /// <summary>When the mail was asked for.</summary>
    public DateTime At { get; set; }

    /// <summary>Until when its link is good.</summary>
    public DateTime Until { get; set; }

    /// <summary>When the link was used, or something newer took its place: it is good for nothing from then on.</summary>
    public DateTime? UsedAt { get; set; }

    /// <summary>When the mail was safe with those who send it.</summary>
    public DateTime? QueuedAt { get; set; }
}
