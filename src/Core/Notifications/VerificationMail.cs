namespace Seats.Core.Notifications;

/// <summary>A mail that asks an account to prove its address.</summary>
/// <param name="Id">Of what is asked; the same mail has the same id.</param>
/// <param name="PersonId">The account.</param>
/// <param name="Locale">In which language, <c>en</c> or <c>fr</c>.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Until">Until when the link in it is good.</param>
[GenerateSerializer, Immutable, Alias("verification-mail")]
public sealed record VerificationMail(
    Guid Id, string PersonId, string Username, string Email, string Locale, DateTimeOffset At, DateTimeOffset Until);
