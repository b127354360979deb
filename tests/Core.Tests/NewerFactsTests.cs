using System.Text;
using System.Text.Json;

namespace Seats.Core.Tests;

/// <summary>What a newer program wrote is told from what is damaged.</summary>
public sealed class NewerFactsTests
{
    [Theory]
    [InlineData("""[{"fact":"EventPaused","by":"john"},{"fact":"SeatsTeleported"}]""")]
    [InlineData("""[{"fact":"EventPaused","by":"john","since":"2027-01-01T00:00:00Z"}]""")]
    [InlineData("""[{"fact":"EventChanged","settings":{"title":"Night","dressCode":"formal"},"moved":false,"by":"john"}]""")]
    [InlineData("""[{"fact":"EventChanged","settings":{"visibility":"Secret"},"moved":false,"by":"john"}]""")]
    [InlineData("""[{"fact":"SeatsHeld","hold":1,"who":{"id":"john","email":"j@example.com","nick":"x"},"places":[1]}]""")]
    public void FactMemberOrValue_ThatIsUnknown_IsOfANewerProgram(string json) => Assert.Throws<NewerFactException>(() => Decode(json));

    [Theory]
    [InlineData("[{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"fact":"EventPaused","by":"john"}""")]
    [InlineData("""[{"hold":7}]""")]
    [InlineData("""[{"fact":7}]""")]
    [InlineData("""[{"fact":"\u0000"}]""")]
    [InlineData("""[{"fact":"EventPaused","by":7}]""")]
    [InlineData("""[{"fact":"EventPaused","by":"john"}] [""")]
    [InlineData("""[{"fact":"HoldsExpired","holds":"x"}]""")]
    public void Anything_ThatIsNotWellFormed_IsDamaged(string json)
    {
        var damaged = Assert.ThrowsAny<JsonException>(() => Decode(json));
        Assert.IsNotType<NewerFactException>(damaged);
    }

    private static Fact[] Decode(string json) => FactCodec.Decode(Encoding.UTF8.GetBytes(json));
}
