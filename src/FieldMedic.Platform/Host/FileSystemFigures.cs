using System.Runtime.InteropServices;

namespace FieldMedic.Platform.Host;

/// <summary>Blocks and inodes of a file system, from the kernel itself: starting <c>df</c> costs more than all else the probe does.</summary>
internal readonly record struct FileSystemFigures(double UsedPercent, double FreeBytes, double InodesUsedPercent)
{
    /// <exception cref="IOException">The path cannot be measured.</exception>
    public static FileSystemFigures Of(string path)
    {
        if (nint.Size != 8 || !OperatingSystem.IsLinux())
        {
            throw new IOException("disk figures are read on 64-bit Linux only");
        }

        if (StatVfs(path, out var figures) != 0)
        {
            throw new IOException($"the file system of {path} cannot be measured (error {Marshal.GetLastPInvokeError()})");
        }

        // As df counts: what is reserved for root is not free for a database.
        var used = figures.Blocks - figures.FreeBlocks;
        return new FileSystemFigures(
            Percent(used, (double)used + figures.AvailableBlocks),
            (double)figures.AvailableBlocks * figures.FragmentSize,
            // Some file systems have no fixed number of inodes and say 0: they cannot run out of them.
            Percent(figures.Inodes - figures.FreeInodes, figures.Inodes));
    }

    public static double Percent(double part, double whole) => whole <= 0 ? 0 : Math.Round(100 * part / whole, 1);

#pragma warning disable SYSLIB1054 // A source-generated import needs unsafe code in the whole project.
    [DllImport("libc", EntryPoint = "statvfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatVfs([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out Native figures);
#pragma warning restore SYSLIB1054

    /// <summary><c>struct statvfs</c> as glibc and musl lay it out on 64-bit machines.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private readonly struct Native
    {
        private readonly ulong _blockSize;
        public readonly ulong FragmentSize;
        public readonly ulong Blocks;
        public readonly ulong FreeBlocks;
        public readonly ulong AvailableBlocks;
        public readonly ulong Inodes;
        public readonly ulong FreeInodes;
    }
}
