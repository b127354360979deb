namespace Seats.Spelling.Tests;

public sealed class LookAlikesTests
{
    [Theory]
    [InlineData("A", "\u0410")]
    [InlineData("A", "\u0391")]
    [InlineData("\u0410", "\u0391")]
    [InlineData("BETA", "\u0412\u0395\u03a4\u0410")]
    [InlineData("a", "\u0430")]
    [InlineData("3", "\u0417")]
    [InlineData("\u00e9", "e\u0301")]
    [InlineData("\u0451", "\u00eb")]
    [InlineData("A", "\uff21")]
    [InlineData("1", "\u2460")]
    [InlineData("A", "A\u200b")]
    [InlineData("A 1", "A\u00a0 1")]
    public void LabelsThatLookAlike_HaveOneShape(string one, string other) => Assert.Equal(LookAlikes.ShapeOf(one), LookAlikes.ShapeOf(other));

    [Theory]
    [InlineData("A", "a")]
    [InlineData("1", "I")]
    [InlineData("O", "0")]
    [InlineData("A", "\u00c4")]
    [InlineData("\u0411", "B")]
    [InlineData("\u0419", "\u0418")]
    public void OthersDoNot(string one, string other) => Assert.NotEqual(LookAlikes.ShapeOf(one), LookAlikes.ShapeOf(other));

    [Theory]
    [InlineData("A\u200b")]
    [InlineData("\u202eA")]
    [InlineData("A\u0000")]
    [InlineData("A\u034f")]
    [InlineData("A\ufe0f")]
    [InlineData("\u3164")]
    [InlineData("A\u2028")]
    [InlineData("A\ue000")]
    [InlineData("A\U000e0041")]
    public void WhatNobodySees_IsSeen(string label) => Assert.True(LookAlikes.HasInvisible(label));

    [Fact]
    public void HalfACharacter_IsNone() => Assert.True(LookAlikes.HasInvisible("A" + (char)0xd800));

    [Theory]
    [InlineData("Row 1")]
    [InlineData("\u0e17\u0e35\u0e48")]
    [InlineData("席")]
    [InlineData("e\u0301")]
    public void LettersAndMarks_AreVisible(string label) => Assert.False(LookAlikes.HasInvisible(label));
}
