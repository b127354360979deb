using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Hosting;

/// <summary>Every error is a problem: those of the framework, and those nobody foresaw. Adds the headers every answer has.</summary>
internal sealed class PlainProblems(RequestDelegate next, ILogger<PlainProblems> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Harden(context.Response.Headers);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException bad)
        {
            var problem = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemKinds.TooLarge : ProblemKinds.Malformed;
            await Problem.WriteAsync(context, problem, bad.Message, BodyLimit.Of(context));
            return;
        }
        catch (IOException bad) when (bad.InnerException is OverflowException)
        {
            // The size of a chunk that no number holds: the server throws this in place of a bad request.
            await Problem.WriteAsync(context, ProblemKinds.Malformed, bad.Message);
            return;
        }
        catch (Exception failure) when ((IsDatabaseAway(failure) || IsClusterAway(failure)) && !context.Response.HasStarted)
        {
            logger.LogWarning(
                "The database or the cluster did not answer {Method} {Path}: {Reason}",
                context.Request.Method, context.Request.Path.Value?.ReplaceLineEndings(" "), failure.GetBaseException().Message);
            context.Response.Clear();
            Harden(context.Response.Headers);
            await Problem.UnavailableAsync(context, notApplied: false);
            return;
        }
        catch (Exception unexpected)
        {
            logger.LogError(unexpected, "{Method} {Path} failed", context.Request.Method, context.Request.Path.Value?.ReplaceLineEndings(" "));
            if (context.Response.HasStarted) throw;
            context.Response.Clear();
            Harden(context.Response.Headers);
            await Problem.WriteAsync(context, ProblemKinds.Unexpected);
            return;
        }
        if (!context.Response.HasStarted && context.Response.ContentLength is null && context.Response.ContentType is null && KindOf(context.Response.StatusCode) is { } kind)
            await Problem.WriteAsync(context, kind);
    }

    private static bool IsDatabaseAway(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is System.Data.Common.DbException { IsTransient: true }) return true;
        return false;
    }

    private static bool IsClusterAway(Exception failure) =>
        failure is OperationCanceledException or TimeoutException or Orleans.Runtime.OrleansException or EventUnavailableException;

    private static ProblemKind? KindOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ProblemKinds.AuthRequired,
        StatusCodes.Status403Forbidden => ProblemKinds.Forbidden,
        StatusCodes.Status404NotFound => ProblemKinds.NotFound,
        StatusCodes.Status405MethodNotAllowed => ProblemKinds.MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => ProblemKinds.UnsupportedMedia,
        StatusCodes.Status503ServiceUnavailable => ProblemKinds.Unavailable,
        _ => null,
    };

    private static void Harden(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    }
}
