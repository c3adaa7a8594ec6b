using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests.Harness;

/// <summary>An embedded stand-in with a client whose every answer is held against GitHub's OpenAPI description.</summary>
internal sealed class GitHub : IAsyncDisposable
{
    public const string Repo = "acme/maps";

    private readonly HttpClient http;

    private GitHub(RunningSimulator simulator, GitHubOpenApi description)
    {
        Simulator = simulator;
        http = new HttpClient(new CheckedHandler(description)) { BaseAddress = simulator.Url };
    }

    public RunningSimulator Simulator { get; }

    public static async Task<GitHub> StartAsync(SimulatorOptions? options = null)
    {
        var description = OpenApiFile.TryLoad();
        Requirement.Need(description is not null, OpenApiFile.HowToGetIt);
        var simulator = await SimulatorHost.StartAsync(options ?? new SimulatorOptions(), TestContext.Current.CancellationToken);
        return new GitHub(simulator, description!);
    }

    public static string Path(string rest) => $"/repos/{Repo}{rest}";

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? token = "token", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("User-Agent", "simulator-tests");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        request.Content = body switch
        {
            null => null,
            string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        change?.Invoke(request);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, text, headers);
    }

    public Task<Answer> GetAsync(string path, string? token = "token") => SendAsync(HttpMethod.Get, path, token: token);

    public Task<Answer> PostAsync(string path, object body, string token = "token") => SendAsync(HttpMethod.Post, path, body, token);

    public Task<Answer> PatchAsync(string path, object body, string token = "token") => SendAsync(HttpMethod.Patch, path, body, token);

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path, string token = "token") => SendAsync(HttpMethod.Delete, path, token: token);

    /// <summary>Opens an issue over HTTP and returns its number.</summary>
    public async Task<int> OpenAsync(string title = "Sync stuck at 50%", string token = "user:ada")
    {
        var answer = await PostAsync(Path("/issues"), new { title, body = "It does not move." }, token);
        answer.Status.ShouldBe(HttpStatusCode.Created);
        return answer.Number("number");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Simulator.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;

        public JsonArray List => Json.AsArray();

        public string? Word(string name) => (string?)Json[name];

        public int Number(string name) => (int)Json[name]!;

        public IEnumerable<string?> Words(string name) => List.Select(entry => (string?)entry![name]);
    }
}
