using System.Text;
using FieldMedic.Packs.Yaml.Reading;

namespace FieldMedic.Packs.Yaml;

/// <summary>From a path to text, or to the reason why not.</summary>
internal static class PackFile
{
    public const string Name = "pack.yaml";

    private const long SizeLimit = 10 * 1024 * 1024;

    /// <summary>The file that <paramref name="path"/> means: itself, or the <c>pack.yaml</c> in it.</summary>
    public static string Locate(string path) => Directory.Exists(path) ? Path.Combine(path, Name) : path;

    public static string? Read(string path, PackReading reading)
    {
        var file = Locate(path);
        try
        {
            if (!File.Exists(file))
            {
                reading.FileError(
                    Directory.Exists(path) ? PackCodes.FolderWithoutPack : PackCodes.FileNotFound,
                    Directory.Exists(path) ? $"The folder has no {Name}." : "There is no such file or folder.");
                return null;
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            // Read with a cap instead of trusting Length: devices and pipes report none.
            var bytes = new byte[Math.Min(SizeLimit, Math.Max(stream.CanSeek ? stream.Length : 0, 4096)) + 1];
            var count = 0;
            for (var read = 1; read > 0 && count <= SizeLimit; count += read)
            {
                if (count == bytes.Length)
                {
                    Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, SizeLimit + 1));
                }

                read = stream.Read(bytes, count, bytes.Length - count);
            }

            if (count > SizeLimit)
            {
                reading.FileError(PackCodes.TooBig, "The file is larger than 10 MB; that is no pack.");
                return null;
            }

            return Decode(bytes.AsSpan(0, count), reading);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reading.FileError(PackCodes.Unreadable, $"The file can not be read: {broken.Message}");
            return null;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, PackReading reading)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }
        }
        catch (DecoderFallbackException)
        {
            // Falls through to the same answer as a NUL character: not a text file.
        }

        reading.FileError(PackCodes.NotText, "The file is not a text in UTF-8.");
        return null;
    }
}
