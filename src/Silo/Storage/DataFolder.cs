using System.Runtime.InteropServices;

namespace Seats.Silo.Storage;

/// <summary>The folder of one machine's data. Keys and addresses are in it: what is made there is its owner's alone.</summary>
public static class DataFolder
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = ~(OwnersAlone | UnixFileMode.StickyBit | UnixFileMode.SetGroup | UnixFileMode.SetUser);

    /// <summary>The bits that new files of this process never have: all of the group's and of everybody else's.</summary>
    private const uint OthersMask = 0b111_111;

    public static void Ensure(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersAlone);
    }

    /// <summary>
    /// From now on whatever file this process makes is its owner's alone, wherever it is. On Windows the folder's own rules hold.
    /// </summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(OthersMask);
    }

    /// <summary>Closes what the folder has already: it may have been there before Seats, open to everybody.</summary>
    /// <returns>What was open to others until now.</returns>
    /// <exception cref="InvalidOperationException">Something in it is open to others and belongs to somebody else.</exception>
    public static IReadOnlyList<string> Close(string folder)
    {
        if (OperatingSystem.IsWindows()) return [];
        List<string> open = [];
        if (!Directory.Exists(folder)) return open;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & Others) == 0) continue;
            try
            {
                File.SetUnixFileMode(path, mode & ~Others);
                open.Add(path);
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
            {
                throw new InvalidOperationException(
                    $"{path} is open to others and not ours to close: give it to the user that runs Seats (chown), "
                    + "or choose another data folder.",
                    refused);
            }
        }
        return open;
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
