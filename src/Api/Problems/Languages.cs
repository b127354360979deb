using Seats.Identity;

namespace Seats.Api.Problems;

/// <summary>Which language somebody is spoken to in: what their browser asks for, else what their account says, else English.</summary>
internal static class Languages
{
    public static Language Of(HttpContext context)
    {
        foreach (var preferred in context.Request.Headers.AcceptLanguage.ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            if (preferred.StartsWith("fr", StringComparison.OrdinalIgnoreCase)) return Language.French;
            if (preferred.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }
        return Caller.From(context.User)?.Locale?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? Language.French : Language.English;
    }

    /// <summary>The language a person is written to in: what their account says, else what their browser asks for.</summary>
    public static string ForMail(HttpContext context, Caller caller) => caller.Locale is not { } locale ? LocaleOf(context)
        : locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : "en";

    /// <summary>en or fr.</summary>
    public static string LocaleOf(HttpContext context) => Of(context) == Language.French ? "fr" : "en";
}
