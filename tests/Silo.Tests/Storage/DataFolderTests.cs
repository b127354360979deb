using Seats.Core;
using Seats.Silo.Storage;

namespace Seats.Silo.Tests.Storage;

/// <summary>Keys and addresses of one machine, and who may read them.</summary>
public sealed class DataFolderTests
{
    private const UnixFileMode Everybodys = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact]
    public void FileThatWasOpenToOthers_IsClosed_AndTold()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("seats-folder-").FullName;
        var keys = Path.Combine(folder, "identity.db");
        File.WriteAllText(keys, "");
        File.SetUnixFileMode(keys, Everybodys);
        Assert.Equal([keys], DataFolder.Close(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
        Assert.Empty(DataFolder.Close(folder));
    }
}
