using Microsoft.AspNetCore.Components;
using Seats.Mail.Kinds;

namespace Seats.Mail.Templates;

/// <summary>The HTML of a kind of mail.</summary>
public abstract class MailTemplate : ComponentBase
{
    [Parameter, EditorRequired] public required NotificationMail Mail { get; set; }
}
