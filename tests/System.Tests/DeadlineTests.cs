using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Seats.Processes.Tests;

/// <summary>Deadlines that pass while nothing runs.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public async Task OfferThatLapsedWhileTheMachineWasDown_GoesToTheNext_WithoutAnyCall()
    {
        var (port, data) = (FreePort.Next(), Directory.CreateTempSubdirectory("seats-standalone-").FullName);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        var first = RealProcess.StartStandalone(port, data);
        await first.ReadyAsync(port);
        foreach (var name in new[] { "owner", "john.doe", "jane.doe" })
            await http.PostAsJsonAsync("/auth/register", new { username = name, email = $"{name}@example.com", password = "password123", firstName = "A", lastName = "B" });
        var id = (await SendAsync(http, "owner", "/events", new { title = "Night", eventDate = "2030-06-15T20:00:00", maxCapacity = 1, offerSeconds = 10 })).GetProperty("id").GetInt64();
        await SendAsync(http, "john.doe", $"/events/{id}/waitlist/join", new { });
        await SendAsync(http, "jane.doe", $"/events/{id}/waitlist/join", new { });
        await EventuallyAsync(() => Mails(data) == 2);
        await first.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(11));

        await using var second = RealProcess.StartStandalone(port, data);
        await second.ReadyAsync(port);
        // Told that the offer lapsed, and told that there is one: nobody asked the event anything.
        await EventuallyAsync(() => Mails(data) == 4);
    }

    /// <summary>Of those about the event; each account is also asked to prove its address.</summary>
    private static int Mails(string data) => !Directory.Exists(Path.Combine(data, "mail")) ? 0
        : Directory.GetFiles(Path.Combine(data, "mail"), "*.eml")
            .Count(file => !File.ReadAllText(file).Contains("X-Seats-Kind: VERIFY_EMAIL", StringComparison.Ordinal));

    private static async Task<JsonElement> SendAsync(HttpClient http, string username, string path, object body)
    {
        using var login = await http.PostAsJsonAsync("/auth/login", new { username, password = "password123" });
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Clone();
    }

    private static Task EventuallyAsync(Func<bool> condition) => Eventually.TrueAsync(condition, TimeSpan.FromSeconds(40));
}
