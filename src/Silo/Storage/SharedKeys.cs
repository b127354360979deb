namespace Seats.Silo.Storage;

/// <summary>Secrets that every silo shares, made once by whichever silo comes first.</summary>
internal sealed class SharedKeys(SiloDatabase database)
{
    /// <summary>The key of this name; <paramref name="proposal"/> becomes it when there is none yet.</summary>
    public async Task<string> GetOrAddAsync(string name, string proposal)
    {
        await database.ExecuteAsync("insert into keys (name, value) values (@name, @value) on conflict do nothing", ("name", name), ("value", proposal));
        return (await database.ReadAsync("select value from keys where name = @name", row => row.GetString(0), ("name", name))).Single();
    }
}
