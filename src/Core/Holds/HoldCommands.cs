namespace Seats.Core;

public sealed record HoldSeats(PlaceWish Wish);

public sealed record ChangeHold(int Hold, IReadOnlyList<string> Seats);

public sealed record ExtendHold(int Hold);

public sealed record ReleaseSeats(int? Hold, IReadOnlyList<string>? Seats);
