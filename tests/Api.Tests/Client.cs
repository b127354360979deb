using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seats.Api.Tests;

/// <summary>One person at the API. Every answer is held against the published document.</summary>
internal sealed class Client(string url, string? token, Func<OpenApiCheck?>? document = null)
{
    private static readonly HttpClient Http = new();
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string? Token => token;

    public Task<Answer> GetAsync(string path, params (string, string)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> DeleteAsync(string path, params (string, string)[] headers) => SendAsync("DELETE", path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string, string)[] headers) => SendAsync("POST", path, Text(body), headers);

    public Task<Answer> PutAsync(string path, object? body = null, params (string, string)[] headers) => SendAsync("PUT", path, Text(body), headers);

    public async Task<Answer> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith("Content-", StringComparison.Ordinal)) request.Headers.TryAddWithoutValidation(name, value);
            else if (value.Length > 0 && request.Content!.Headers.Remove(name) is var _) request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(pair => pair.Key, pair => string.Join(",", pair.Value), StringComparer.OrdinalIgnoreCase);
        var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), all);
        document?.Invoke()?.Check(method, path, answer);
        return answer;
    }

    private static string? Text(object? body) => body is null ? null : JsonSerializer.Serialize(body, Json);
}

/// <summary>What the API said.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement this[string member] => JsonDocument.Parse(Body).RootElement.GetProperty(member);

    public string Code => this["code"].GetString()!;

    public string Text(string member) => this[member].GetString()!;

    public IReadOnlyList<JsonElement> Items => [.. this["items"].EnumerateArray()];

    public Answer Must(int status, string? code = null)
    {
        Assert.True(status == Status, $"{Status} instead of {status}: {Body}");
        if (code is null) return this;
        Assert.Equal(code, Code);
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal($"/problems/{code}", Text("type"));
        return this;
    }
}
