using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Seats.Processes.Tests;

/// <summary>A person with an event that many want to come to.</summary>
internal static class Organiser
{
    /// <summary>Registers on one node and signs in on another; everything the client sends from now on is theirs.</summary>
    public static async Task SignInAsync(HttpClient http, int registerAt, int signInAt)
    {
        await http.PostAsJsonAsync($"http://127.0.0.1:{registerAt}/auth/register", new { username = "john.doe", email = "john.doe@example.com", password = "password123", firstName = "John", lastName = "Doe" });
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{signInAt}/auth/login", new { username = "john.doe", password = "password123" });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
    }

    public static async Task<long> EventAsync(HttpClient http, int port)
    {
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/events", new { title = "Rush", eventDate = "2030-06-15T20:00:00", maxCapacity = 50_000, placesPerPerson = 50_000 });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    /// <summary>Everything of a list, page by page.</summary>
    /// <param name="list">Address with a query.</param>
    public static async IAsyncEnumerable<JsonElement> ListAsync(HttpClient http, string list)
    {
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(cursor.Length == 0 ? list : $"{list}&cursor={cursor}");
            foreach (var item in page.GetProperty("items").EnumerateArray()) yield return item;
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
    }
}
