using System.Text;
using FieldMedic.Hosting;

namespace FieldMedic.Cli.Commands;

/// <summary>The files a store is exported to and imported from: for the owner only, and never half of one under the whole name.</summary>
internal static class StoreFiles
{
    public static async Task<T> WriteNewAsync<T>(string path, Func<TextWriter, Task<T>> write)
    {
        var part = path + ".part";
        try
        {
            if (File.Exists(path))
            {
                throw new ConfigurationException($"{path} exists already; nothing was written. Name a new file.");
            }

            File.Delete(part);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            T result;
            var stream = new FileStream(part, options);
            await using (stream.ConfigureAwait(false))
            {
                var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                await using (writer.ConfigureAwait(false))
                {
                    result = await write(writer).ConfigureAwait(false);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be written: {e.Message}", e);
        }
    }

    public static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
