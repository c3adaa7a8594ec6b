using System.Net;
using System.Security.Cryptography;
using System.Text;
using FieldMedic.Server.Dispatch;
using FieldMedic.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>The server's front: a real listener, an inbox in memory, a handler that notes what it gets. And a client that signs.</summary>
internal sealed class Door : IAsyncDisposable
{
    public const string Repository = "acme/maps";
    public const string Secret = "correct horse";
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private RunningServer? _server;

    public InMemoryInbox Inbox { get; } = new(TimeProvider.System);

    public CollectingHandler Handler { get; } = new();

    public List<string> Secrets { get; } = [Secret];

    public Uri Url => new(_server!.Url!, "webhooks/github");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Door> OpenAsync(string repository = Repository)
    {
        var door = new Door();
        var settings = new ServerSettings { Listen = new Uri("http://127.0.0.1:0"), Secrets = () => [.. door.Secrets] };
        door._server = await ServerHost.StartAsync(settings, [repository], door.Inbox, _ => { }, services => services.AddSingleton<IDeliveryHandler>(door.Handler), Token);
        return door;
    }

    public static string Sign(byte[] body, string secret = Secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public Task<(HttpStatusCode Status, string Text)> PostAsync(string body, string kind = "issues", string id = "d1", string secret = Secret, Action<HttpRequestMessage>? change = null)
        => PostAsync(Encoding.UTF8.GetBytes(body), kind, id, secret, change);

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(byte[] body, string kind = "issues", string id = "d1", string secret = Secret, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.Add("X-GitHub-Event", kind);
        request.Headers.Add("X-GitHub-Delivery", id);
        request.Headers.Add("X-Hub-Signature-256", Sign(body, secret));
        change?.Invoke(request);
        using var response = await _http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(_server!.Url!, path), Token);

    public async Task<(HttpStatusCode Status, string Text)> TryGetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(_server!.Url!, path), Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public static string Issues(string action = "opened", int number = 7, string repository = Repository, string login = "ada", string type = "User", string more = "")
        => $$$"""{"action":"{{{action}}}","issue":{"number":{{{number}}},"title":"rm -rf /","body":"; reboot","updated_at":"2026-01-15T12:00:00Z"{{{more}}}},"repository":{"full_name":"{{{repository}}}"},"sender":{"id":5,"login":"{{{login}}}","type":"{{{type}}}"}}""";

    public static string Comment(long id = 99, string more = "")
        => $$$"""{"action":"created","issue":{"number":7{{{more}}}},"comment":{"id":{{{id}}},"body":"/medic approve"},"repository":{"full_name":"acme/maps"},"sender":{"id":5,"login":"ada","type":"User"}}""";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server!.DisposeAsync();
    }
}
