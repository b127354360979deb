namespace Seats.Identity.Storage;

/// <summary>What a refresh token was answered with, for those who send the same token again at once.</summary>
internal sealed class SuccessorRow
{
    /// <summary>The id of the token that was used.</summary>
    public string TokenId { get; set; } = "";

    /// <summary>The issuer's response, protected.</summary>
    public string Response { get; set; } = "";

    public DateTime Until { get; set; }
}
