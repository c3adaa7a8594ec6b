namespace FieldMedic.Platform.Ssh;

/// <summary>A folder of one connection's own: sockets, and the helper that hands over the password. Nobody else may enter it.</summary>
internal sealed class SshFolder : IDisposable
{
    // A socket's whole path has 107 bytes, and ssh binds the control socket under a longer name first.
    private const int Longest = 70;
    private readonly string _path = Directory.CreateTempSubdirectory("fm-ssh-").FullName;

    public string Control => Path.Combine(_path, "c");

    public string Log => Path.Combine(_path, "log");

    public string Socket(string name) => Path.Combine(_path, name);

    /// <exception cref="SshException">The folder for temporary files cannot hold sockets.</exception>
    public static SshFolder Make()
    {
        var folder = new SshFolder();
        if (folder._path.Length <= Longest && !folder._path.Contains(':', StringComparison.Ordinal))
        {
            return folder;
        }

        folder.Dispose();
        throw new SshException(SshTrouble.Client, "the path of the temporary folder is too long for sockets or holds a colon; set TMPDIR to another one");
    }

    /// <summary>Writes the helper and gives its path. The password itself is never in a file.</summary>
    public string AskPass()
    {
        var path = Path.Combine(_path, "askpass");
        using var script = typeof(SshFolder).Assembly.GetManifestResourceStream("askpass")!;
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            script.CopyTo(file);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    public string ReadLog() => File.Exists(Log) ? File.ReadAllText(Log) : "";

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (IOException)
        {
            // ssh removes its sockets itself, perhaps in the same instant; an empty folder is left at worst.
        }
    }
}
