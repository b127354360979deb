using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>What an account must look like.</summary>
internal static class AccountRules
{
    public const int UsernameCharsAtLeast = 3;
    public const int UsernameCharsAtMost = 64;
    public const int PasswordCharsAtLeast = 8;
    public const int PasswordCharsAtMost = 128;
    public const int NameCharsAtMost = 100;
    private static readonly string[] Locales = ["en", "fr"];

    public static List<AccountError> Check(Registration registration)
    {
        var errors = new List<AccountError>();
        Username(errors, registration.Username);
        Email(errors, registration.Email);
        Password(errors, registration);
        Name(errors, "firstName", registration.FirstName);
        Name(errors, "lastName", registration.LastName);
        Locale(errors, registration.Locale);
        return errors;
    }

    public static List<AccountError> Check(ProfileChange change)
    {
        var errors = new List<AccountError>();
        if (change.FirstName is not null) Name(errors, "firstName", change.FirstName);
        if (change.LastName is not null) Name(errors, "lastName", change.LastName);
        if (change.Email is not null) Email(errors, change.Email);
        Locale(errors, change.Locale);
        return errors;
    }

    /// <summary>The language of a locale: <c>fr-FR</c> is <c>fr</c>.</summary>
    public static string LanguageOf(string? locale) => locale is null ? "en" : locale.Split('-', '_')[0].ToLowerInvariant();

    private static void Username(List<AccountError> errors, string? username)
    {
        if (!Length(errors, "username", username, UsernameCharsAtLeast, UsernameCharsAtMost)) return;
        if (!username!.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'))
            errors.Add(new AccountError("username", "characters"));
    }

    private static void Password(List<AccountError> errors, Registration registration)
    {
        var password = registration.Password;
        if (!Length(errors, "password", password, PasswordCharsAtLeast, PasswordCharsAtMost)) return;
        if (string.IsNullOrWhiteSpace(password)) errors.Add(new AccountError("password", "characters"));
        else if (CommonPasswords.Have(password) || IsAlike(password, registration.Username) || IsAlike(password, registration.Email))
            errors.Add(new AccountError("password", "guessed"));
    }

    private static bool IsAlike(string password, string? other) => string.Equals(password, other?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static void Email(List<AccountError> errors, string? email)
    {
        if (string.IsNullOrWhiteSpace(email)) errors.Add(new AccountError("email", "required"));
        else if (EmailAddress.Check(email) is { } fault)
            errors.Add(new AccountError("email", fault == AddressFault.LocalLetters ? "address.letters" : "address"));
    }

    private static void Name(List<AccountError> errors, string member, string? name)
    {
        if (!Length(errors, member, name?.Trim(), 1, NameCharsAtMost)) return;
        if (name!.Any(char.IsControl) || DirectionControls.AreIn(name!)) errors.Add(new AccountError(member, "characters"));
    }

    private static void Locale(List<AccountError> errors, string? locale)
    {
        if (locale is not null && !Locales.Contains(LanguageOf(locale))) errors.Add(new AccountError("locale", $"type.one_of {string.Join(", ", Locales)}"));
    }

    private static bool Length(List<AccountError> errors, string member, string? text, int atLeast, int atMost)
    {
        if (string.IsNullOrEmpty(text)) errors.Add(new AccountError(member, "required"));
        else if (text.Length < atLeast || text.Length > atMost) errors.Add(new AccountError(member, "length", atLeast, atMost));
        else return true;
        return false;
    }
}
