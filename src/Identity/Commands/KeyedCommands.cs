using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seats.Identity.Storage;

namespace Seats.Identity.Commands;

/// <summary>
/// Commands under an idempotency key: each is run by one at a time over all nodes, and its reply is kept for a day. A node that dies leaves
/// its reservation to the next one after a short lease, so that a command may run again: it must do no harm by that.
/// </summary>
public sealed class KeyedCommands(IServiceScopeFactory scopes, BodyMarks marks, TimeProvider time, ILogger<KeyedCommands> logger)
{
    private const int TriesAtMost = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(IdentityLimits.CommandLeaseSeconds);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(IdentityLimits.ReplyHours);

    /// <summary>Reserves the key of a command, or says why it is not to be run.</summary>
    public async Task<KeyState> ReserveAsync(Guid command, long bodyHash)
    {
        await using var rows = Open();
        var now = await rows.NowAsync();
        var proposal = Propose(command, bodyHash, now);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await rows.TryAddAsync(proposal)) return Reserved(proposal);
            if (await rows.FindAsync(proposal.Key) is not { } row) continue;
            // The statement was repeated over a broken connection, and met itself.
            if (row.Run == proposal.Run && row.Attempt == proposal.Attempt) return Reserved(proposal);
            if (row.At < now - Kept) await rows.DeleteAsync(row);
            else if (await StateOfAsync(rows, row, bodyHash, now) is { } state) return state;
        }
        return new KeyState(KeyStatus.InFlight);
    }

    /// <summary>Keeps the reply of a command that was run; when somebody took the command over meanwhile, theirs counts.</summary>
    public async Task KeepAsync(Reservation reservation, KeptReply reply)
    {
        await using var rows = Open();
        if (!await rows.FinishAsync(reservation, reply.Status, marks.Protect(reply.Body), await rows.NowAsync()))
            logger.LogWarning("A command under an idempotency key took longer than its lease, and was taken over");
    }

    /// <summary>Gives up a reservation: the command may be run again at once, by anybody.</summary>
    /// <param name="nothingHappened">The key is as if it had never been used.</param>
    public async Task GiveUpAsync(Reservation reservation, bool nothingHappened)
    {
        await using var rows = Open();
        if (nothingHappened && reservation.Attempt == 1) await rows.DeleteAsync(reservation);
        else await rows.LeaseAsync(reservation, await rows.NowAsync());
    }

    /// <summary>Keeps a reservation alive until it is disposed.</summary>
    public IAsyncDisposable KeepAlive(Reservation reservation) => new LeaseRenewal(time, () => RenewAsync(reservation));

    private async Task RenewAsync(Reservation reservation)
    {
        try
        {
            await using var rows = Open();
            await rows.LeaseAsync(reservation, await rows.NowAsync() + Lease);
        }
        catch (Exception failure)
        {
            // Whatever it is, the command goes on. The lease may run out, and somebody else run it too: commands are made for that.
            logger.LogWarning("A reservation could not be renewed: {Reason}", failure.GetBaseException().Message);
        }
    }

    /// <summary>How a row that is there stands; null when it changed meanwhile.</summary>
    private async Task<KeyState?> StateOfAsync(CommandRows rows, CommandRow row, long bodyHash, DateTime now)
    {
        if (!marks.IsSame(row, bodyHash))
        {
            await rows.CountOtherBodyAsync(row.Key);
            return new KeyState(KeyStatus.OtherBody);
        }
        // Somebody guesses at the rest of the body: even the right one is not told from the others any more.
        if (row.OtherBodies >= IdentityLimits.OtherBodiesAtMost) return new KeyState(KeyStatus.OtherBody);
        if (row.Status != CommandRow.Unfinished)
            return new KeyState(KeyStatus.Finished, Reply: new KeptReply(row.Status, marks.Unprotect(row.Body)));
        if (row.LeaseUntil > now) return new KeyState(KeyStatus.InFlight);
        return await rows.TakeOverAsync(row, now + Lease) ? Reserved(row, row.Attempt + 1) : null;
    }

    private CommandRow Propose(Guid command, long bodyHash, DateTime now)
    {
        var row = new CommandRow
        {
            Key = command.ToString("N"),
            Run = Guid.NewGuid().ToString("N"),
            Attempt = 1,
            At = now,
            LeaseUntil = now + Lease,
        };
        marks.Mark(row, bodyHash);
        return row;
    }

    private static KeyState Reserved(CommandRow row, int attempt = 1) =>
        new(KeyStatus.Reserved, new Reservation(row.Key, Guid.ParseExact(row.Run, "N"), attempt));

    private CommandRows Open() => new(scopes.CreateAsyncScope());
}
