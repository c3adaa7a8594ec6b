using System.Buffers.Binary;
using System.Text;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// Reads Docker's multiplexed output as text, up to a cap; the rest is drained and dropped. A container with a terminal has one
/// plain stream instead of frames; that is output.
/// </summary>
internal static class MultiplexedText
{
    private const int HeaderLength = 8;

    public static async Task<(string Output, string Error)> ReadAsync(Stream stream, int cap, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var header = new byte[HeaderLength];
        var buffer = new byte[16 * 1024];
        int length;
        while ((length = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)) > 0)
        {
            var isFrame = length == HeaderLength && header[0] <= 2 && header[1] == 0 && header[2] == 0 && header[3] == 0;
            if (!isFrame)
            {
                Keep(output, header.AsSpan(0, length));
            }

            var target = isFrame && header[0] == 2 ? error : output;
            var left = isFrame ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)) : uint.MaxValue;
            int read;
            while (left > 0 && (read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, (uint)buffer.Length)), cancellationToken).ConfigureAwait(false)) > 0)
            {
                left -= (uint)read;
                Keep(target, buffer.AsSpan(0, read));
            }
        }

        return (Text(output), Text(error));

        void Keep(MemoryStream target, ReadOnlySpan<byte> bytes) => target.Write(bytes[..(int)Math.Min(bytes.Length, Math.Max(0, cap - target.Length))]);
    }

    private static string Text(MemoryStream bytes) => Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
}
