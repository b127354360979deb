using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>The API described: built once, and not sent again to whoever has it.</summary>
[Collection(SharedServer.Name)]
public sealed class DocsTests(SeatsServer server)
{
    [Theory]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/docs", "text/html; charset=utf-8")]
    public async Task Description_HasATag_AndIsNotSentAgainToWhoHasIt(string path, string type)
    {
        var first = (await server.Anonymous.GetAsync(path)).Must(200);
        var tag = first.Headers["ETag"];
        Assert.Equal((type, "no-cache"), (first.Headers["Content-Type"], first.Headers["Cache-Control"]));
        var again = (await server.Anonymous.GetAsync(path, ("If-None-Match", "\"another\""))).Must(200);
        Assert.Equal((first.Body, tag), (again.Body, again.Headers["ETag"]));
        foreach (var known in new[] { tag, $"\"another\", W/{tag}", "*" })
        {
            var unchanged = (await server.Anonymous.GetAsync(path, ("If-None-Match", known))).Must(304);
            Assert.Equal(("", tag), (unchanged.Body, unchanged.Headers["ETag"]));
        }
    }

    [Fact]
    public void Descriptions_AreBuiltOnce()
    {
        var built = server.Service<Seats.Api.Docs.BuiltDocs>();
        Assert.Same(built.Document, built.Document);
        Assert.Same(built.Page, built.Page);
        Assert.Same(built, server.Service<Seats.Api.Docs.BuiltDocs>());
    }

    [Fact]
    public async Task Document_SaysWhatListsLeaveOut_AndHowLargeBodiesMayBe()
    {
        var document = (await server.Anonymous.GetAsync("/openapi/v1.json")).Must(200);
        var schemas = document["components"].GetProperty("schemas");
        foreach (var list in new[] { "EventAnswerList", "InvitationAnswerList" })
        {
            var unavailable = schemas.GetProperty(list).GetProperty("properties").GetProperty("unavailable");
            Assert.Equal("array", unavailable.GetProperty("type").GetString());
        }
        var block = document["paths"].GetProperty("/events/{id}/seats/block").GetProperty("post").GetProperty("requestBody");
        Assert.Equal($"At most {Seats.Api.Requests.BodyLimit.Blocks} bytes.", block.GetProperty("description").GetString());
        Assert.True(server.Document!.Takes("DELETE", "/invitations/{eventId}/seats/release", """{"seats":["1/1"]}"""));
    }
}
