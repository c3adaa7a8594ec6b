using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;

namespace FieldMedic.GitHub.Http;

/// <summary>
/// What was read, by address and token, so that the next read asks only whether it changed: a 304 counts against no limit. GitHub is asked
/// every time, with the token that asks now. Kept in memory, up to a size, and for no longer than an installation's token lives.
/// </summary>
internal sealed class KnownAnswers(long mostCharacters = KnownAnswers.MostCharacters) : IDisposable
{
    private const long MostCharacters = 4_000_000;
    private const int PageSize = 100;
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = mostCharacters });

    /// <summary>What to name when asking again; null when it has to be read as if for the first time.</summary>
    public GitHubAnswer? Find(GitHubCall call, string token) => IsRead(call) ? _cache.Get<GitHubAnswer>(new Key(token, call)) : null;

    /// <summary>Keeps an answer, or turns "unchanged" into what is known.</summary>
    /// <param name="known">What the call named.</param>
    public GitHubAnswer Settle(GitHubCall call, string token, GitHubAnswer? known, GitHubAnswer answer)
    {
        if (answer.Status == 304 && known is not null)
        {
            return answer with { Status = known.Status, Body = known.Body, Tag = known.Tag };
        }

        if (IsRead(call))
        {
            Keep(new Key(token, call), call, answer);
        }

        return answer;
    }

    public void Dispose() => _cache.Dispose();

    private void Keep(Key key, GitHubCall call, GitHubAnswer answer)
    {
        if (answer is { Status: 200, Tag: not null } && !GrowsUnseen(call, answer))
        {
            _cache.Set(key, answer, new MemoryCacheEntryOptions { Size = key.Size + answer.Body.Length, SlidingExpiration = Unused });
        }
        else
        {
            // Gone, or not to be seen by this token any more.
            _cache.Remove(key);
        }
    }

    // Signatures of an App are each used once; who names a tag keeps the answer.
    private static bool IsRead(GitHubCall call) => call is { IsWrite: false, IsAboutApp: false, KnownTag: null };

    /// <summary>A full page stays as it is when the list grows; only the link to the next page tells, and a 304 need not repeat it.</summary>
    private static bool GrowsUnseen(GitHubCall call, GitHubAnswer answer)
    {
        if (call.Query is null || answer.Link is not null)
        {
            return answer.Link is not null;
        }

        try
        {
            using var page = JsonDocument.Parse(answer.Body);
            return page.RootElement.ValueKind != JsonValueKind.Array || page.RootElement.GetArrayLength() >= PageSize;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>The token itself is not kept.</summary>
    private readonly record struct Key(string Print, string Address)
    {
        public Key(string token, GitHubCall call)
            : this(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), call.Address)
        {
        }

        public int Size => Print.Length + Address.Length;
    }
}
