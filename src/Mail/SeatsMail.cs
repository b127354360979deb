using Microsoft.Extensions.DependencyInjection;
using Seats.Mail.Composing;
using Seats.Mail.Transports;

namespace Seats.Mail;

/// <summary>Composing and sending of mail.</summary>
public static class SeatsMail
{
    public static IServiceCollection AddSeatsMail(this IServiceCollection services, MailSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<MailComposer>();
        services.AddSingleton<IMailTransport>(provider => settings.Host is null
            ? new FolderTransport(settings.Folder)
            : new SmtpTransport(settings, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
