using Seats.Clustering;
using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>Calls the cluster: once more when it cannot answer at this moment, with the same command id where it is a command.</summary>
internal sealed class Attempts(GatewayLosses losses, TimeProvider time, ILogger<Attempts> logger)
{
    /// <summary>How long an answer may be on its way after a silo was lost: those of the others come within moments.</summary>
    public static readonly TimeSpan PatienceAfterLoss = TimeSpan.FromMilliseconds(500);

    private const int JitterMilliseconds = 40;

    /// <param name="givenUp">Set when nobody waits for the outcome any more.</param>
    public async Task<Outcome<T>> TryAsync<T>(Func<Task<T>> call, CancellationToken givenUp = default)
        where T : class
    {
        var (notApplied, stopped, reason) = (true, false, UnavailableReason.Passing);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Outcome<T>(await AnswerAsync(call), attempt, false, false);
            }
            catch (Exception failure) when (IsTransient(failure) && !givenUp.IsCancellationRequested)
            {
                notApplied &= failure is EventUnavailableException { NotApplied: true };
                stopped = failure is EventUnavailableException { Stopped: true };
                reason = (failure as EventUnavailableException)?.Reason ?? UnavailableReason.Passing;
                logger.LogInformation("An event could not answer (attempt {Attempt}): {Reason}", attempt, failure.Message);
                // What took too long once is not waited for twice, and what has stopped stays so.
                if (attempt == 2 || stopped || failure is TimeoutException)
                    return new Outcome<T>(null, attempt, notApplied, stopped, reason);
                await Task.Delay(Random.Shared.Next(JitterMilliseconds / 2, JitterMilliseconds));
            }
        }
    }

    /// <summary>The answer, unless the silo that had to give it may be gone.</summary>
    private async Task<T> AnswerAsync<T>(Func<Task<T>> call)
    {
        var lost = losses.Next;
        var answer = call();
        if (answer.IsCompleted) return await answer;
        try
        {
            return await answer.WaitAsync(lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !answer.IsCompleted)
        {
            return await SoonAsync(answer);
        }
    }

    private async Task<T> SoonAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(PatienceAfterLoss, time);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            answer.Ignore();
            throw new EventUnavailableException("A silo was lost before it answered.", notApplied: false);
        }
    }

    /// <summary>
    /// Whether the same call may succeed later. The cluster itself cancels calls: while it looks for a place for a grain, or a silo stops.
    /// </summary>
    public static bool IsTransient(Exception failure) =>
        failure is EventUnavailableException or TimeoutException or OperationCanceledException
            or OrleansException or SiloUnavailableException
            or ClientNotAvailableException or Orleans.Serialization.SerializerException
            or System.Net.Sockets.SocketException or System.Data.Common.DbException;
}

/// <summary>What a call came to.</summary>
/// <param name="Reply">Null when nobody could answer.</param>
/// <param name="NotApplied">It is certain that nothing happened.</param>
/// <param name="Stopped">The event has stopped and stays so.</param>
/// <param name="Reason">Why nobody could answer, where an operator has to know.</param>
internal readonly record struct Outcome<T>(
    T? Reply, int Attempts, bool NotApplied, bool Stopped, UnavailableReason Reason = UnavailableReason.Passing)
    where T : class;
