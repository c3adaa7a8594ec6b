using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Webhooks;

/// <summary>Sends signed webhooks, one after the other, each once, as GitHub does; or loses, doubles and reorders them where told to.</summary>
public sealed class WebhookSender : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly Channel<SentWebhook> waiting = Channel.CreateUnbounded<SentWebhook>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private readonly Task sending;
    private readonly TrackerStore store;
    private readonly Func<View> view;
    private readonly TimeProvider time;
    private readonly List<SentWebhook> held = [];
    private ImmutableList<SentWebhook> sent = [];
    private Disturbance disturbance = new();
    private WebhookTarget? target;

    internal WebhookSender(TrackerStore store, WebhookTarget? target, Func<View> view, TimeProvider time)
    {
        this.time = time;
        this.store = store;
        this.target = target;
        this.view = view;
        store.Happened += Tell;
        sending = Task.Run(SendAsync);
    }

    /// <summary>Every delivery that was tried, oldest first, the lost ones included.</summary>
    public IReadOnlyList<SentWebhook> Sent => Volatile.Read(ref sent);

    /// <summary>Sends to another place from now on; null sends nothing.</summary>
    public void Target(WebhookTarget? other) => Volatile.Write(ref target, other);

    /// <summary>Disturbs the next deliveries.</summary>
    public void Disturb(Disturbance next)
    {
        lock (gate)
        {
            disturbance = next;
        }
    }

    /// <summary>Sends a ping, as GitHub does when a webhook is made.</summary>
    public void Ping(string repository)
    {
        if (Volatile.Read(ref target) is { } known)
        {
            Queue("ping", WebhookShape.Ping(view(), store.Get(RepositoryName.Parse(repository)), known.Url).ToJsonString());
        }
    }

    /// <summary>Sends a delivery again, with the same id and the same body.</summary>
    public bool Redeliver(Guid id)
    {
        var known = Sent.FirstOrDefault(delivery => delivery.Id == id);
        return known is not null && waiting.Writer.TryWrite(known with { Status = null, IsLost = false });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        store.Happened -= Tell;
        waiting.Writer.TryComplete();
        http.CancelPendingRequests();
        await sending.ConfigureAwait(false);
        http.Dispose();
    }

    private void Tell(Repository before, Repository after, string actor)
    {
        if (Volatile.Read(ref target) is null)
        {
            return;
        }

        foreach (var happening in Happenings.Between(before, after))
        {
            Queue(happening.Event, WebhookShape.Of(view(), after, happening, actor).ToJsonString());
        }
    }

    private void Queue(string kind, string body)
    {
        var delivery = new SentWebhook { Id = new Guid(RandomNumberGenerator.GetBytes(16)), Event = kind, Body = body };
        lock (gate)
        {
            if (disturbance.Lose > 0)
            {
                disturbance = disturbance with { Lose = disturbance.Lose - 1 };
                sent = sent.Add(delivery with { IsLost = true });
                return;
            }

            if (disturbance.Reverse > held.Count)
            {
                held.Add(delivery);
                if (held.Count < disturbance.Reverse)
                {
                    return;
                }

                disturbance = disturbance with { Reverse = 0 };
                held.Reverse();
                held.ForEach(one => waiting.Writer.TryWrite(one));
                held.Clear();
                return;
            }

            waiting.Writer.TryWrite(delivery);
            if (disturbance.Duplicate > 0)
            {
                disturbance = disturbance with { Duplicate = disturbance.Duplicate - 1 };
                waiting.Writer.TryWrite(delivery);
            }
        }
    }

    private async Task SendAsync()
    {
        await foreach (var delivery in waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (Volatile.Read(ref target) is { } known)
            {
                var at = time.GetUtcNow();
                var status = await PostAsync(known, delivery).ConfigureAwait(false);
                ImmutableInterlocked.Update(ref sent, now => now.Add(delivery with { At = at, Status = status }));
            }
        }
    }

    private async Task<int?> PostAsync(WebhookTarget known, SentWebhook delivery)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, known.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/044aadd");
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.Id.ToString());
        request.Headers.Add("X-GitHub-Hook-ID", "1");
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(known.Secret()), body)));
        try
        {
            using var response = await http.SendAsync(request).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
