using System.Buffers;

namespace FieldMedic.Server.Webhooks;

/// <summary>A request's body in rented memory. It grows with what really arrives, never with what a header promises.</summary>
internal sealed class WebhookBody : IDisposable
{
    /// <summary>GitHub's own limit.</summary>
    public const int Largest = 25 * 1024 * 1024;
    private const int First = 16 * 1024;

    // Strangers may send large bodies, too: all of them together must not fill the memory.
    private const long MostInAll = 160L * 1024 * 1024;
    private static long _inAll;
    private byte[] _bytes = [];
    private long _reserved;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>Reads to the end. False: there is no room for it now, because others send as much.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the limit (413), or it stopped arriving.</exception>
    public async Task<bool> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > Largest)
        {
            throw TooLarge();
        }

        if (!Grow(First))
        {
            return false;
        }

        while (await request.Body.ReadAsync(_bytes.AsMemory(Length), request.HttpContext.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            Length += read;
            if (Length > Largest)
            {
                throw TooLarge();
            }

            if (Length == _bytes.Length && !Grow(_bytes.Length * 2))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        Interlocked.Add(ref _inAll, -_reserved);
        _reserved = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);

    private bool Grow(int size)
    {
        var more = size - _reserved;
        if (Interlocked.Add(ref _inAll, more) > MostInAll)
        {
            Interlocked.Add(ref _inAll, -more);
            return false;
        }

        _reserved = size;
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
        return true;
    }
}
