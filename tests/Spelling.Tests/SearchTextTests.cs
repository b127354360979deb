namespace Seats.Spelling.Tests;

/// <summary>What people type finds what people wrote.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("creme", "Cr\u00e8me br\u00fbl\u00e9e")]
    [InlineData("creme", "Cre\u0300me bru\u0302le\u0301e")]
    [InlineData("CRE\u0300ME", "Creme")]
    [InlineData("nurnberg", "N\u00fcrnberg")]
    [InlineData("ελλαδα", "Ελλάδα")]
    [InlineData("ΣΕΙΣΜΟΣ", "σεισμός")]
    [InlineData("lodz", "Łódź")]
    [InlineData("strasse", "STRAẞE")]
    [InlineData("STRASSE", "Straße")]
    [InlineData("aero", "Ærø")]
    [InlineData("oeuvre", "Œuvre")]
    [InlineData("thor", "Þór")]
    [InlineData("istanbul", "İstanbul")]
    [InlineData("isik", "Işık")]
    [InlineData("ольга", "ОЛЬГА")]
    [InlineData("йога", "Йога")]
    [InlineData("dang", "Đặng")]
    [InlineData("fin", "ﬁn")]
    [InlineData("abc", "ＡＢＣ")]
    [InlineData("l'ete", "L’été")]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8")]
    [InlineData("two words", "two \u00a0words")]
    [InlineData("soft", "so\u00adft")]
    public void What_IsFound(string query, string text) =>
        Assert.Contains(SearchText.Fold(query), SearchText.Of(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("moskva", "Москва")]
    [InlineData("end begin", "end")]
    [InlineData("x", "\u00d7")]
    public void What_IsNotFound(string query, string text) =>
        Assert.DoesNotContain(SearchText.Fold(query), SearchText.Of(text, "begin"), StringComparison.Ordinal);

    [Fact]
    public void Pattern_TakesWildcardsAsTheyStand() => Assert.Equal(@"%100\%\_\\ed%", SearchPattern.Containing(@"100%_\Éd"));
}
