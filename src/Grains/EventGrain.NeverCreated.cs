namespace Seats.Grains;

public sealed partial class EventGrain
{
    /// <summary>
    /// What was answered. An activation of an event that was never created has nothing to keep, and must not stay for whoever makes up ids.
    /// </summary>
    private async Task<T> AnsweredAsync<T>(Task<T> reply)
    {
        var answered = await reply;
        if (actor.CommittedVersion == 0) DeactivateOnIdle();
        return answered;
    }
}
