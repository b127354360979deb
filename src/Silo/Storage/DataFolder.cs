namespace Seats.Silo.Storage;

/// <summary>The folder of one machine's data. Keys and addresses are in it: a new one is its owner's alone.</summary>
public static class DataFolder
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Ensure(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersAlone);
    }
}
