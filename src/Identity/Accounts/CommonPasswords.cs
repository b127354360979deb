namespace Seats.Identity.Accounts;

/// <summary>
/// Passwords that everybody who guesses tries first. A short list: those of at least eight characters that lead every count of leaked
/// passwords, in English and French. NIST SP 800-63B, 3.1.1.2, asks for one.
/// </summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "password1", "password!", "passwort", "motdepasse", "12345678", "123456789", "1234567890",
        "87654321", "987654321", "0123456789", "11111111", "00000000", "12341234", "11223344", "12121212", "123123123", "88888888",
        "66666666", "99999999", "qwertyui", "qwertyuiop", "qwerty12", "qwerty123", "azertyui", "azertyuiop", "azerty123", "asdfghjk",
        "asdfghjkl", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "zaq12wsx", "q1w2e3r4", "abcd1234", "abc12345", "a1b2c3d4", "aaaaaaaa",
        "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "starwars", "trustno1", "whatever", "computer",
        "michelle", "jennifer", "charlie1", "welcome1", "letmein1", "changeme", "changeme1", "administrator", "admin123", "admin1234",
        "loulou123", "doudou123", "marseille", "chouchou", "jetaime1", "bonjour1", "soleil123",
    };

    public static bool Have(string password) => All.Contains(password);
}
