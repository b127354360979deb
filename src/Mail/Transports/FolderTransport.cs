using MimeKit;

namespace Seats.Mail.Transports;

/// <summary>Writes each mail to a file, for a machine without a mail server. The name comes from the message id: the same mail is the same file.</summary>
public sealed class FolderTransport(string folder) : IMailTransport
{
    /// <summary>As mail travels: lines end in CR LF.</summary>
    private static readonly FormatOptions Format = MakeFormat();

    private readonly string folder = Directory.CreateDirectory(folder).FullName;

    public string Destination => $"{folder}/*.eml";

    public async Task<string> SendAsync(MimeMessage message, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        if (!mayGoOn()) throw new LeaseLostException();
        var name = $"{message.Date.UtcDateTime:yyyyMMdd'T'HHmmss}-{message.MessageId!.Split('@')[0]}.eml";
        var path = Path.Combine(folder, name);
        try
        {
            await using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write))
            {
                await message.WriteToAsync(Format, file, cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (IOException failure)
        {
            throw new MailServerAwayException($"The mail folder cannot be written: {failure.Message}", failure);
        }
        return $"250 written to {name}";
    }

    private static FormatOptions MakeFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
