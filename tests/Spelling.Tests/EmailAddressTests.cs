namespace Seats.Spelling.Tests;

/// <summary>One mailbox has one form, and nothing that looks like it has the same.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("john.doe@example.com", "john.doe@example.com")]
    [InlineData("  John.Doe@Example.COM\t", "john.doe@example.com")]
    [InlineData("olga@müller.example", "olga@xn--mller-kva.example")]
    [InlineData("olga@MU\u0308LLER.example", "olga@xn--mller-kva.example")]
    [InlineData("olga@XN--MLLER-KVA.example", "olga@xn--mller-kva.example")]
    [InlineData("a@faß.example", "a@xn--fa-hia.example")]
    [InlineData("a@ελλάς.example", "a@xn--hxarsa0b.example")]
    [InlineData("a@उदाहरण.example", "a@xn--p1b6ci4b4b3a.example")]
    public void Canonical_IsOneForEverySpelling(string text, string canonical) => Assert.Equal(canonical, EmailAddress.Canonical(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c.example")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("\"a\"@example.com")]
    [InlineData("a\r\n@example.com")]
    [InlineData("a@exam ple.com")]
    [InlineData("a@-example.com")]
    [InlineData("a@example..com")]
    [InlineData("a@[127.0.0.1]")]
    // The Kelvin sign and letters of full width stand for letters of ASCII, and are none.
    [InlineData("karl@\u212aexample.com")]
    [InlineData("karl@ｅxample.com")]
    [InlineData("a@exa\u200dmple.com")]
    [InlineData("a@\u0301x.example")]
    // No spelling of anything: it stands for capitals, or for nothing.
    [InlineData("a@xn--mller-2pa.example")]
    [InlineData("a@xn--a.example")]
    public void WhatIsNoAddress_HasNone(string? text)
    {
        Assert.Equal(AddressFault.Form, EmailAddress.Check(text));
        Assert.Null(EmailAddress.Canonical(text));
    }

    [Theory]
    [InlineData("\u212aarl@example.com")]
    [InlineData("jürgen@example.com")]
    [InlineData("ju\u0308rgen@example.com")]
    [InlineData("用户@example.com")]
    public void LettersBeyondAscii_BeforeTheAt_AreSaidToBeWhatIsWrong(string text)
    {
        Assert.Equal(AddressFault.LocalLetters, EmailAddress.Check(text));
        Assert.Null(EmailAddress.Canonical(text));
        Assert.Null(EmailAddress.Comparable(text));
    }

    [Fact]
    public void LengthCounts_AsNameServersSeeIt()
    {
        var domain = $"{new string('ä', 60)}.example";
        Assert.Equal(AddressFault.Form, EmailAddress.Check($"a@{new string('ä', 63)}.example"));
        Assert.Null(EmailAddress.Check($"a@{domain[5..]}"));
    }

    [Theory]
    [InlineData("olga@xn--mller-kva.example", "olga@müller.example")]
    [InlineData("olga@xn--a.example", "olga@xn--a.example")]
    [InlineData("xn--mller-kva@example.com", "xn--mller-kva@example.com")]
    [InlineData("", "")]
    public void PeopleAreShown_TheLettersOfTheDomain(string address, string shown) => Assert.Equal(shown, EmailAddress.ToShow(address));

    [Theory]
    [InlineData("A..B@example.com", "a..b@example.com")]
    [InlineData("JOHN", "john")]
    public void AddressesOfOtherForms_AreComparedInLowerCase(string text, string expected) => Assert.Equal(expected, EmailAddress.Comparable(text));
}
