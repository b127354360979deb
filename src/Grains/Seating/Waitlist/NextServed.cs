namespace Seats.Grains.Seating;

/// <summary>Who is served next, and with which places.</summary>
/// <param name="Entry">The entry's number.</param>
/// <param name="Overtaken">First entries of the kinds of wish that are passed over; null for none.</param>
internal sealed record NextServed(int Entry, int[] Places, int[]? Overtaken);
