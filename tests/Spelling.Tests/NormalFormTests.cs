namespace Seats.Spelling.Tests;

/// <summary>Normal forms as Unicode's own test has them, wherever the program runs.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("cre\u0300me", "cr\u00e8me")]
    [InlineData("cr\u00e8me", "cr\u00e8me")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("D\u0307\u0323", "\u1e0c\u0307")]
    [InlineData("\u1e0a\u0323", "\u1e0c\u0307")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\u0928\u093c", "\u0929")]
    [InlineData("\u0915\u093c", "\u0915\u093c")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("a\u0315\u0300\u05ae\u0344b", "\u00e0\u05ae\u0308\u0301\u0315b")]
    [InlineData("\ufb01", "\ufb01")]
    public void C_PutsLettersAndMarksTogether(string text, string expected) => Assert.Equal(expected, NormalForm.C(text));

    [Theory]
    [InlineData("cr\u00e8me", "cre\u0300me")]
    [InlineData("\ufb01", "fi")]
    [InlineData("\uff21\u2460", "A1")]
    [InlineData("\ud55c", "\u1112\u1161\u11ab")]
    [InlineData("\u1e9b\u0323", "s\u0323\u0307")]
    [InlineData("\ufdfa", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645")]
    [InlineData("plain", "plain")]
    public void Kd_TakesThemApart_AndVariantsAreTheirLetters(string text, string expected) => Assert.Equal(expected, NormalForm.Kd(text));

    [Fact]
    public void BrokenText_IsNoReasonToFail() => Assert.Equal("\ufffd", NormalForm.Kd($"{(char)0xd800}"));
}
