using QRCoder;

namespace Seats.Mail.Composing;

/// <summary>A ticket code as a QR picture.</summary>
public static class TicketImage
{
    private const int PixelsPerModule = 6;

    /// <summary>A PNG, black on white whatever the reader's theme.</summary>
    public static byte[] Png(string code)
    {
        using var data = QRCodeGenerator.GenerateQrCode(code, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }
}
