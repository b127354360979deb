using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Seats.Api.Events;
using Seats.Api.Json;
using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>Answers are written whatever they hold: the limits of bodies are for reading.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task List_NestedDeeperThanABodyMayBe_IsWritten()
    {
        var answer = new ListAnswer<EventAnswer>([EventAnswer.Of(ViewWithGaps())], null);
        // Also by whoever hands in the options that bodies are read with.
        foreach (var type in new[] { ApiJson.Answers.ListAnswerEventAnswer, ApiJson.Strict.ListAnswerEventAnswer })
        {
            var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
            await Seats.Api.Json.Answer.WriteAsync(context, answer, type);
            var written = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
            Assert.Equal(written.Length, context.Response.ContentLength);
            using var read = JsonDocument.Parse(written);
            var row = read.RootElement.GetProperty("items")[0].GetProperty("seating").GetProperty("sections")[0].GetProperty("rows")[0];
            Assert.Equal(2, row.GetProperty("gaps")[0].GetInt32());
        }
    }

    private static EventView ViewWithGaps() => new()
    {
        Id = 1,
        Version = 1,
        State = EventStatus.OnSale,
        Owner = "owner",
        Sections = [],
        Places = new PlaceCounts(2, 2, 0, 0, 0, 0, 0, 0),
        Sequence = 0,
        Settings = new EventSettings
        {
            Title = "Rows",
            Description = "",
            Location = "",
            StartsAt = DateTimeOffset.UnixEpoch,
            EndsAt = DateTimeOffset.UnixEpoch,
            TimeZone = "UTC",
            Capacity = 2,
            WaitlistEnabled = true,
            Visibility = Visibility.Public,
            Seating = SeatingKind.Plan,
            Plan = new SeatingPlan([new SectionPlan("main", "Main", "standard", [new RowPlan("A", 3, 1, [2])], null)]),
            SalesFrom = DateTimeOffset.UnixEpoch,
            SalesUntil = DateTimeOffset.UnixEpoch,
            OffersUntil = DateTimeOffset.UnixEpoch,
            SkipUnreachable = true,
            HoldSeconds = 600,
            HoldSecondsAtMost = 1_800,
            PlacesPerPerson = 2,
            OfferSeconds = 3_600,
            RespondSeconds = 3_600,
            AutoPromote = false,
            Orphans = OrphanRule.Allow,
            OvertakesAtMost = 10,
            Reminders = [],
            CoOrganisers = [],
            Helpers = [],
        },
    };
}
