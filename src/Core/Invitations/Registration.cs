namespace Seats.Core;

/// <summary>A person claims places for themself: those of a hold, or a wish.</summary>
/// <param name="Hold">Number of the caller's hold, or null.</param>
/// <param name="Wish">Places, when there is no hold.</param>
/// <param name="Confirm">Confirmed at once.</param>
/// <param name="OrWait">Stand in line when nothing is free for an any-place wish.</param>
[GenerateSerializer, Immutable, Alias("registration")]
public sealed record Registration(int? Hold, PlaceWish? Wish, bool Confirm, bool OrWait);

/// <summary>An organiser's invitation of somebody by e-mail; the address need not have an account yet.</summary>
[GenerateSerializer, Immutable, Alias("guest-invitation")]
/// <param name="Wish">Places, when there is no hold.</param>
/// <param name="Hold">Number of a hold of the organiser's own, whose places become the guest's.</param>
/// <param name="Locale">The language of the address's account, where there is one.</param>
public sealed record GuestInvitation(string Email, PlaceWish? Wish, bool OrWait, int? Hold = null, string? Locale = null);

/// <summary>What somebody waits for.</summary>
/// <param name="Places">How many, up to the person's limit.</param>
/// <param name="Together">Side by side in one row, or in one area.</param>
/// <param name="Categories">Any of these; empty for any.</param>
[GenerateSerializer, Immutable, Alias("waitlist-wish")]
public sealed record WaitlistWish(int Places, bool Together, IReadOnlyList<string> Categories);
