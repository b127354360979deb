using Seats.Api.Problems;

namespace Seats.Api.Hosting;

/// <summary>A path that is nowhere, or that does not know the method, is told so before anybody is asked to sign in: there is nothing to protect.</summary>
internal sealed class Unrouted(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint() switch
    {
        null => Problem.WriteAsync(context, ProblemKinds.NotFound),
        RouteEndpoint => next(context),
        // The framework's own answer: which methods there are.
        { RequestDelegate: { } answer } => answer(context),
        _ => next(context),
    };
}
