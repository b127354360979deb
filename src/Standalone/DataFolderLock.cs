using Seats.Silo.Storage;

namespace Seats.Standalone;

/// <summary>Keeps a second process out of a data folder.</summary>
internal static class DataFolderLock
{
    /// <exception cref="InvalidOperationException">Another process has the folder.</exception>
    public static FileStream Take(string folder)
    {
        DataFolder.Ensure(folder);
        try
        {
            return new FileStream(Path.Combine(folder, "seats.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"Another Seats uses {folder}: stop it, or give this one its own folder with --data DIR.", taken);
        }
    }
}
