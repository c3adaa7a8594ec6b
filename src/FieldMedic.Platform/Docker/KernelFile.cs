using System.Runtime.InteropServices;

namespace FieldMedic.Platform.Docker;

/// <summary>A file of the kernel opened without waiting for data; .NET's streams have no such mode.</summary>
internal sealed class KernelFile : IDisposable
{
    private const int Overrun = 32; // EPIPE: records were overwritten while reading; the next read goes on behind them.
    private readonly int _descriptor;

    /// <exception cref="IOException">It cannot be opened: absent, or not allowed.</exception>
    public KernelFile(string path, int flags)
    {
        _descriptor = OperatingSystem.IsLinux() ? Open(path, flags) : -1;
        if (_descriptor < 0)
        {
            throw new IOException($"{path} cannot be read");
        }
    }

    /// <summary>Bytes of the next record; 0 when there is none now.</summary>
    public int Read(byte[] buffer)
    {
        while (true)
        {
            var read = Read(_descriptor, buffer, (nuint)buffer.Length);
            if (read >= 0)
            {
                return (int)read;
            }

            if (Marshal.GetLastPInvokeError() != Overrun)
            {
                return 0;
            }
        }
    }

    public void Dispose() => _ = Close(_descriptor);

#pragma warning disable SYSLIB1054 // A source-generated import needs unsafe code in the whole project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int descriptor, byte[] buffer, nuint count);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
