using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Seats.Api.Problems;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Identity;
using Seats.Spelling;

namespace Seats.Api.Requests;

/// <summary>
/// Names commands: by the client's idempotency key, scoped to the caller (or whom it is about) and the path, or at random.
/// </summary>
internal static class Stamps
{
    private const string Header = "Idempotency-Key";
    private const int KeyCharsAtMost = 64;

    /// <summary>Whether a command came with a client's key.</summary>
    public static bool IsKeyed(HttpContext context) => context.Request.Headers.ContainsKey(Header) && !HttpMethods.IsGet(context.Request.Method);

    /// <summary>The stamp of this request; null when its key is malformed and a problem was written.</summary>
    public static async Task<CommandStamp?> OfAsync(HttpContext context, byte[] body)
    {
        var by = Requesters.Of(context);
        if (!context.Request.Headers.TryGetValue(Header, out var keys)) return new CommandStamp(Guid.NewGuid(), 0, false, by);
        if (keys.Count != 1 || !IsWellFormed(keys[0]))
        {
            await Problem.WriteAsync(context, ProblemKinds.KeyMalformed);
            return null;
        }
        // The key salts the hash: a body may hold a password.
        var content = Hash($"{context.Request.QueryString.Value}\n{keys[0]}", body);
        var stamp = new CommandStamp(Name(context, by.Id, keys[0]!, []), BinaryPrimitives.ReadInt64LittleEndian(content), true, by);
        context.Features.Set(stamp);
        return stamp;
    }

    /// <summary>
    /// The stamp of a command that strangers send: its key belongs to whom it is about, whoever sends it. A command that does not say whom
    /// it is about is not told from those of others, and has no key.
    /// </summary>
    /// <param name="subject">
    /// Whom it is about; of a secret that is long and random nothing can be found out from the name that follows from it.
    /// </param>
    public static CommandStamp About(HttpContext context, CommandStamp stamp, string? subject)
    {
        if (!stamp.Keyed) return stamp;
        return string.IsNullOrEmpty(subject)
            ? stamp with { Keyed = false }
            : stamp with { Id = Name(context, "", context.Request.Headers[Header].ToString(), Encoding.UTF8.GetBytes(subject)) };
    }

    private static Guid Name(HttpContext context, string by, string key, byte[] about)
    {
        var id = Hash($"{by}\n{context.Request.Method}\n{context.Request.Path}\n{key}", about).AsSpan(0, 16);
        // A refusal that is given again is the same to the last letter.
        context.Features.Set(new AnswerTrace(Convert.ToHexStringLower(id)));
        return new Guid(id);
    }

    private static bool IsWellFormed(string? key) => key is { Length: >= 1 and <= KeyCharsAtMost } && key.All(letter => letter is >= '!' and <= '~' or ' ') && key.Trim().Length > 0;

    private static byte[] Hash(string text, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

/// <summary>Who asks, as events know them.</summary>
internal static class Requesters
{
    public static Requester Of(HttpContext context) => Caller.From(context.User) is { } caller
        ? new Requester(caller.Id, caller.Email ?? "", caller.IsAdmin, Languages.ForMail(context, caller), ContactOf(caller))
        : Requester.Anonymous;

    private static string? ContactOf(Caller caller) => EmailAddress.Canonical(caller.UnverifiedEmail);
}
