using Microsoft.Net.Http.Headers;
using Seats.Identity;

namespace Seats.Api.Problems;

/// <summary>Which language somebody is spoken to in: what their browser asks for, else what their account says, else English.</summary>
internal static class Languages
{
    public static Language Of(HttpContext context)
    {
        var (french, english) = (QualityOf(context, "fr"), QualityOf(context, "en"));
        if (french > english) return Language.French;
        if (english > french) return Language.English;
        return Caller.From(context.User)?.Locale?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? Language.French : Language.English;
    }

    /// <summary>How much a language is wanted (RFC 9110, 12.5.4), 0 where it is not named; of two wanted alike, the one named first.</summary>
    private static double QualityOf(HttpContext context, string language)
    {
        if (!StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptLanguage, out var wanted)) return 0;
        for (var index = 0; index < wanted.Count; index++)
            if (wanted[index].Value.StartsWith(language, StringComparison.OrdinalIgnoreCase)) return (wanted[index].Quality ?? 1) * (1 - index * 1e-6);
        return 0;
    }

    /// <summary>The language a person is written to in: what their account says, else what their browser asks for.</summary>
    public static string ForMail(HttpContext context, Caller caller) => caller.Locale is not { } locale ? LocaleOf(context)
        : locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : "en";

    /// <summary>en or fr.</summary>
    public static string LocaleOf(HttpContext context) => Of(context) == Language.French ? "fr" : "en";
}
