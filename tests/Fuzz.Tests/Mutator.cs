using System.Text;

namespace FieldMedic.Fuzz.Tests;

/// <summary>Damages an input: bits, pieces cut, doubled, moved or taken from another input, and words that parsers trip over.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> seeds)
{
    private const int MostGrown = 200_000;

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-", "\\u0000", "\\ud800", "1e999", "-1", "99999999999999999999", "0.1", "\0", "\n", "\r\n", "\t", "\ufeff", "\u202e", "&a", "*a", "<<: *a",
            "!!python/object", "!!binary", "|", ">-", "? ", "- ", "---", "...", "${", "}", "${A:-${B}}", "%YAML 1.2", "#", "'", "@", "`", "0x7f", "1d", "-5s", "2026-13-45T99:99:99Z", "\"type\":\"", "\"$type\":\"", "/../", "😀",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [.. Enumerable.Repeat((byte)'[', 5000)], [.. Enumerable.Repeat((byte)'{', 300)], [.. Enumerable.Repeat((byte)'a', 70_000)],
    ];

    public byte[] Next()
    {
        var input = Pick(seeds);
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            input = Once(input);
        }

        return input.Length > MostGrown ? input[..MostGrown] : input;
    }

    private byte[] Once(byte[] input)
    {
        var (from, to) = Piece(input);
        return random.Next(8) switch
        {
            0 => Flip(input),
            1 => [.. input[..from], .. input[to..]],
            2 => [.. input[..to], .. input[from..to], .. input[to..]],
            3 => [.. input[..from], .. Pick(Words), .. input[from..]],
            4 => [.. input[..from], .. Pick(Words), .. input[to..]],
            5 => Splice(input, from),
            6 => input[..from],
            _ => [.. input[from..to], .. input[..from], .. input[to..]],
        };
    }

    private byte[] Flip(byte[] input)
    {
        var flipped = input.ToArray();
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private byte[] Splice(byte[] input, int at)
    {
        var other = Pick(seeds);
        var (from, to) = Piece(other);
        return [.. input[..at], .. other[from..to], .. input[at..]];
    }

    /// <summary>Mostly short, as most mistakes are.</summary>
    private (int From, int To) Piece(byte[] input)
    {
        var from = random.Next(input.Length + 1);
        var most = random.Next(4) == 0 ? input.Length - from : Math.Min(input.Length - from, 40);
        return (from, from + random.Next(most + 1));
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
