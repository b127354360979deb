using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>Decides commands and answers questions: one overload an intent, pure.</summary>
public static partial class Decider
{
}
