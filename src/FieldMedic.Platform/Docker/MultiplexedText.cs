using System.Text;
using Docker.DotNet;

namespace FieldMedic.Platform.Docker;

/// <summary>Reads Docker's multiplexed output as text, up to a cap; the rest is drained and dropped.</summary>
internal static class MultiplexedText
{
    public static async Task<(string Output, string Error)> ReadAsync(MultiplexedStream stream, int cap, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
            if (read.EOF)
            {
                return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
            }

            var target = read.Target == MultiplexedStream.TargetStream.StandardError ? error : output;
            target.Write(buffer, 0, (int)Math.Min(read.Count, Math.Max(0, cap - target.Length)));
        }
    }
}
