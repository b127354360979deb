using System.Buffers.Text;

namespace Seats.Api.Accounts;

/// <summary>The token of a link that proves an address: what was asked, and a code that only the cluster can make.</summary>
internal sealed record VerificationToken(Guid Id, string Code)
{
    private const int IdBytes = 16;
    private const int IdChars = 22;
    private const int CodeChars = 43;

    /// <summary>Null for what has not the form of a token.</summary>
    public static VerificationToken? TryRead(string? text)
    {
        if (text?.Trim() is not { Length: IdChars + 1 + CodeChars } token || token[IdChars] != '.') return null;
        var (id, code) = (token[..IdChars], token[(IdChars + 1)..]);
        return Base64Url.IsValid(id, out var bytes) && bytes == IdBytes && Base64Url.IsValid(code)
            ? new VerificationToken(new Guid(Base64Url.DecodeFromChars(id), bigEndian: true), code)
            : null;
    }
}
