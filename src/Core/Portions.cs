namespace Seats.Core;

/// <summary>How much one version takes in of what follows from others or from time; the rest follows in the next versions.</summary>
/// <param name="Promotions">Offers and promotions.</param>
/// <param name="Places">Places they give, of all but the last of them.</param>
/// <param name="Lapses">Holds, invitations and entries that time ends.</param>
internal sealed record Portions(int Promotions, int Places, int Lapses)
{
    public static Portions Default { get; } = new(
        Limits.PromotionsInOneVersionAtMost, Limits.PlacesPromotedInOneVersionAtMost, Limits.LapsesInOneVersionAtMost);
}
