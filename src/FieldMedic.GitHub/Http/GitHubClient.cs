using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FieldMedic.GitHub.Identity;
using FieldMedic.Tracker;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace FieldMedic.GitHub.Http;

/// <summary>Sends calls: token, time-out for each attempt, retries, what is known already, and failures in words for people.</summary>
internal sealed class GitHubClient : IDisposable
{
    /// <summary>Longer lists are cut in the middle: the first page and the newest ones are read.</summary>
    private const int MostPages = 10;

    private static readonly ResiliencePropertyKey<GitHubCall> CallKey = new("call");
    private static readonly ResiliencePropertyKey<string> TokenKey = new("token");
    private static readonly ResiliencePropertyKey<long> StartKey = new("start");
    private static readonly ResiliencePropertyKey<TimeSpan> WaitKey = new("wait");

    private readonly GitHubSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _base;
    private readonly IIdentity _identity;
    private readonly ResiliencePipeline<GitHubAnswer> _pipeline;
    private readonly KnownAnswers _known = new();

    /// <param name="handler">Null for the usual one; a given one is not disposed.</param>
    public GitHubClient(GitHubSettings settings, TimeProvider time, HttpMessageHandler? handler)
    {
        _settings = settings;
        _time = time;
        _base = new Uri(settings.ApiUrl.AbsoluteUri.TrimEnd('/') + "/");
        _http = handler is null ? new HttpClient(MakeHandler()) : new HttpClient(handler, disposeHandler: false);
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(settings.UserAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        _http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", settings.ApiVersion);
        _identity = settings.App is { } app ? new AppIdentity(app, this, time) : new GivenToken(settings);
        _pipeline = MakePipeline();
    }

    /// <summary>Sends a call; throws <see cref="TrackerException"/> unless it succeeded or the caller accepts its status.</summary>
    public async Task<GitHubAnswer> SendAsync(GitHubCall call, CancellationToken cancellationToken)
    {
        var token = await _identity.TokenAsync(call, cancellationToken).ConfigureAwait(false);
        using var turn = await _settings.Governor.TakeTurnAsync(call, _settings, _time, cancellationToken).ConfigureAwait(false);
        var answer = await ExecuteAsync(call, token, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 401 && _identity.Forget(call, token))
        {
            // Revoked, expired or rotated meanwhile. Such a request was turned away at the door, so even a comment may be sent again.
            token = await _identity.TokenAsync(call, cancellationToken).ConfigureAwait(false);
            answer = await ExecuteAsync(call, token, cancellationToken).ConfigureAwait(false);
        }

        return answer.IsSuccess || call.Accepted.Contains(answer.Status)
            ? answer
            : throw GitHubFailures.From(call, answer, _time.GetUtcNow());
    }

    public async Task<T> ReadAsync<T>(GitHubCall call, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        => Parse(call, await SendAsync(call, cancellationToken).ConfigureAwait(false), shape);

    /// <summary>Reads a list page by page, in the server's order.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(GitHubCall call, JsonTypeInfo<List<T>> shape, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var query = "per_page=100";
        for (var read = 1; query is not null && read <= MostPages; read++)
        {
            var answer = await SendAsync(call with { Query = query }, cancellationToken).ConfigureAwait(false);
            items.AddRange(Parse(call, answer, shape));
            query = PageLinks.After(answer.Link, read, MostPages);
        }

        return items;
    }

    public static T Parse<T>(GitHubCall call, GitHubAnswer answer, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, shape) ?? throw GitHubFailures.Unreadable(call, null);
        }
        catch (JsonException e)
        {
            throw GitHubFailures.Unreadable(call, e);
        }
    }

    public void Dispose()
    {
        (_identity as IDisposable)?.Dispose();
        _known.Dispose();
        _http.Dispose();
    }

    private async Task<GitHubAnswer> ExecuteAsync(GitHubCall call, string token, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        context.Properties.Set(TokenKey, token);
        context.Properties.Set(StartKey, _time.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, client) => await client.AttemptAsync(
                    context.Properties.GetValue(CallKey, null!), context.Properties.GetValue(TokenKey, ""), context.CancellationToken).ConfigureAwait(false),
                context,
                this).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw GitHubFailures.TimedOut(call, _base, _settings.AttemptTimeout, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw GitHubFailures.Unreachable(call, _base, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<GitHubAnswer> AttemptAsync(GitHubCall call, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(_base, call.Address));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var known = _known.Find(call, token);
        if ((call.KnownTag ?? known?.Tag) is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (call.Body is not null)
        {
            request.Content = new StringContent(call.Body, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await GitHubAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        _settings.Governor.Learn(_base, answer, _time);
        return _known.Settle(call, token, known, answer);
    }

    private ResiliencePipeline<GitHubAnswer> MakePipeline()
        => new ResiliencePipelineBuilder<GitHubAnswer> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<GitHubAnswer>
            {
                MaxRetryAttempts = RetryRule.MostRetries,
                ShouldHandle = args => ValueTask.FromResult(IsWorthRetry(args.Outcome, args.AttemptNumber, args.Context)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(args.Context.Properties.GetValue(WaitKey, TimeSpan.Zero)),
            })
            .AddTimeout(_settings.AttemptTimeout)
            .Build();

    private bool IsWorthRetry(Outcome<GitHubAnswer> outcome, int retry, ResilienceContext context)
    {
        if (outcome.Exception is not (null or TimeoutRejectedException or HttpRequestException or IOException))
        {
            return false;
        }

        if (outcome.Result is { IsSuccess: true })
        {
            return false;
        }

        var left = _settings.WaitBudget - _time.GetElapsedTime(context.Properties.GetValue(StartKey, 0));
        var wait = RetryRule.WaitBefore(retry, context.Properties.GetValue(CallKey, null!), outcome.Result, left, _time.GetUtcNow());
        context.Properties.Set(WaitKey, wait ?? TimeSpan.Zero);
        return wait is not null;
    }

    // Redirects are not followed: the framework would drop the token on the way, and a moved repository is worth saying.
    private static SocketsHttpHandler MakeHandler() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
