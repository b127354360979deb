using System.Diagnostics;
using Seats.Api.Json;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Problems;

/// <summary>Writes problems.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>A problem that needs no more than its kind.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind, string? subject = null, long? limit = null) =>
        WriteAsync(context, Body(context, kind, new Refusal(RefusalStatus.Invalid) { Subject = subject, Limit = (int?)limit }, null) with { Limit = (int?)limit, By = null });

    /// <summary>A refusal of an event. What is not theirs to see has no version either: it would tell that it is there.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal, long version)
    {
        if (refusal.RetryAfterSeconds is { } seconds) SetRetryAfter(context, seconds);
        long? seen = refusal.Status == RefusalStatus.NotFound ? null : version;
        return WriteAsync(context, Body(context, ProblemKinds.Of(refusal.Status), refusal, seen));
    }

    /// <summary>Members that break rules.</summary>
    public static Task InvalidAsync(HttpContext context, params IReadOnlyList<Violation> violations) =>
        WriteAsync(context, Body(context, ProblemKinds.Invalid, new Refusal(RefusalStatus.Invalid) { Violations = violations }, null));

    /// <summary>The event cannot answer; what is known of the outcome goes along.</summary>
    /// <param name="stopped">Only an operator can help: there is no use in coming back soon.</param>
    public static Task UnavailableAsync(
        HttpContext context, bool notApplied, bool stopped = false, UnavailableReason reason = UnavailableReason.Passing)
    {
        context.Response.Headers.RetryAfter = stopped ? "60" : "1";
        if (notApplied) context.Response.Headers["Seats-Outcome"] = "not-applied";
        return WriteAsync(context, stopped ? ProblemKinds.Stopped : reason switch
        {
            UnavailableReason.Passing => ProblemKinds.Unavailable,
            UnavailableReason.Clock => ProblemKinds.ClocksDiffer,
            UnavailableReason.NewerProgram => ProblemKinds.NewerProgram,
        });
    }

    /// <summary>Nothing happened: come back later.</summary>
    public static Task RateLimitedAsync(HttpContext context, int retryAfterSeconds)
    {
        SetRetryAfter(context, retryAfterSeconds);
        return WriteAsync(context, ProblemKinds.RateLimited);
    }

    private static void SetRetryAfter(HttpContext context, int seconds) =>
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ProblemBody Body(HttpContext context, ProblemKind kind, Refusal refusal, long? version)
    {
        var language = Languages.Of(context);
        return new ProblemBody
        {
            Type = $"/problems/{kind.Code}",
            Title = kind.Title.In(language),
            Status = kind.Status,
            Detail = Fill(kind.Detail.In(language), refusal),
            Code = kind.Code,
            Retryable = kind.Retryable,
            TraceId = context.Features.Get<AnswerTrace>()?.Id ?? Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            Conflicts = refusal.Conflicts.Count == 0 ? null : [.. refusal.Conflicts.Select(conflict => new ConflictBody(conflict.Seat, conflict.State.ToString()))],
            Alternatives = refusal.Alternatives.Count == 0 ? null : refusal.Alternatives,
            Errors = refusal.Violations.Count == 0 ? null : RuleTexts.Of(refusal.Violations, language),
            Limit = refusal.Limit,
            Mine = refusal.Mine,
            At = refusal.At,
            By = refusal.Status == RefusalStatus.TicketUsed ? refusal.Subject : null,
            Version = version > 0 ? version : null,
            Reason = kind.Reason,
        };
    }

    private static string Fill(string detail, Refusal refusal) => detail
        .Replace("{limit}", refusal.Limit?.ToString())
        .Replace("{mine}", refusal.Mine?.ToString())
        .Replace("{at}", refusal.At?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))
        .Replace("{subject}", refusal.Name ?? refusal.Subject)
        .Trim();

    private static Task WriteAsync(HttpContext context, ProblemBody body)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = body.Status;
        context.Response.Headers.ContentLanguage = Languages.LocaleOf(context);
        if (body.Code == ProblemKinds.Of(RefusalStatus.CommandInFlight).Code) context.Response.Headers.RetryAfter = "1";
        if (body.Version is { } version) context.Response.Headers.ETag = $"\"{version}\"";
        if (body.Status == 401 && context.Response.Headers.WWWAuthenticate.Count == 0) context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.WriteAsync(context, body, ApiJson.Answers.ProblemBody, ContentType);
    }
}
