namespace Seats.Mail.Composing;

/// <summary>Where the recipient of a mail proves that they could read it.</summary>
public interface IVerificationLinks
{
    /// <summary>The same verification of the same address always has the same link.</summary>
    Uri For(Guid verification, string email);
}
