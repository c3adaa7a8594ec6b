using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldMedic.Bench.Intake;

/// <summary>
/// One kept-alive connection that posts what was rendered beforehand and waits for the answer. An HTTP client would spend as much of
/// the machine as the servers it shares it with.
/// </summary>
internal sealed class Sender : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[16 * 1024];

    public static async Task<Sender> ConnectAsync(Uri url, CancellationToken cancellation)
    {
        var sender = new Sender();
        await sender._socket.ConnectAsync(IPAddress.Parse(url.Host), url.Port, cancellation);
        return sender;
    }

    /// <summary>The whole request with its body, ready for the wire.</summary>
    public static byte[] Render(Uri url, string delivery, string signature, byte[] body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST {url.AbsolutePath} HTTP/1.1
            Host: {url.Authority}
            User-Agent: GitHub-Hookshot/bench
            Content-Type: application/json
            Content-Length: {body.Length}
            X-GitHub-Event: issues
            X-GitHub-Delivery: {delivery}
            X-Hub-Signature-256: {signature}


            """);
        return [.. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")), .. body];
    }

    /// <summary>Returns the status when the whole answer is there.</summary>
    public async ValueTask<int> PostAsync(byte[] request, CancellationToken cancellation)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request.AsMemory(sent), cancellation);
        }

        for (var length = 0; ;)
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length), cancellation);
            length += read;
            if (IsWhole(_answer.AsSpan(0, length)))
            {
                return int.Parse(_answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            }

            if (read == 0)
            {
                throw new InvalidOperationException("A server hung up, or answered more than it should.");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = Encoding.ASCII.GetString(answer[..end]);
        const string length = "\r\nContent-Length: ";
        var at = head.IndexOf(length, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? answer.EndsWith("0\r\n\r\n"u8)
            : answer.Length == end + 4 + int.Parse(head[(at + length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
