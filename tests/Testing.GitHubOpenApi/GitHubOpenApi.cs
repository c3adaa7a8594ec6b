using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Testing.GitHubOpenApi;

/// <summary>
/// GitHub's own description of its REST API (npm package <c>@octokit/openapi</c>), to hold requests and answers against.
/// Safe to use from several threads.
/// </summary>
public sealed class GitHubOpenApi
{
    private readonly JsonObject document;
    private readonly IReadOnlyList<OpenApiPath> paths;
    private readonly Dictionary<string, JsonSchema> schemas = [];

    // Reading a parsed document fills it in lazily, which two threads must not do at once.
    private readonly Lock gate = new();

    private GitHubOpenApi(JsonObject document)
    {
        this.document = document;
        paths = [.. document["paths"]!.AsObject().Select(path => new OpenApiPath(path.Key, path.Value!.AsObject()))];
    }

    /// <summary>Reads the description.</summary>
    /// <param name="file">Path of <c>api.github.com.json</c>.</param>
    public static GitHubOpenApi Load(string file)
    {
        using var stream = File.OpenRead(file);
        return new GitHubOpenApi(JsonNode.Parse(stream)!.AsObject());
    }

    /// <summary>What is wrong with an answer; empty when GitHub could have given it.</summary>
    /// <param name="method">HTTP method of the request.</param>
    /// <param name="path">Path of the request, a query may follow; without <c>/api/v3</c>.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="responseBody">Body of the answer, empty or null if it has none.</param>
    public IReadOnlyList<string> Validate(string method, string path, int status, string? responseBody)
    {
        lock (gate)
        {
            return CheckResponse(method, path, status, responseBody);
        }
    }

    /// <summary>What is wrong with a request; empty when GitHub would understand every part of it.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path without <c>/api/v3</c>, a query may follow.</param>
    /// <param name="requestBody">Body, empty or null if there is none.</param>
    public IReadOnlyList<string> ValidateRequest(string method, string path, string? requestBody)
    {
        lock (gate)
        {
            return CheckRequest(method, path, requestBody);
        }
    }

    /// <summary>The operation a request is, e.g. <c>GET /repos/{owner}/{repo}</c>; null when GitHub has none like it.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path without <c>/api/v3</c>, a query may follow.</param>
    public string? RouteOf(string method, string path)
    {
        lock (gate)
        {
            return Find(method, path) is var (template, _) ? $"{method} {template}" : null;
        }
    }

    private List<string> CheckResponse(string method, string path, int status, string? responseBody)
    {
        var what = $"{method} {path} → {status}";
        if (Find(method, path) is not var (template, operation))
        {
            // An address GitHub does not have is answered with 404 and nothing else.
            return status == 404 ? Check("#error", BasicError(), responseBody, what) : [$"{what}: GitHub has no such operation"];
        }

        var code = status.ToString(CultureInfo.InvariantCulture);
        var response = Resolve(operation["responses"]?[code]);
        if (response is null && status is >= 200 and < 300)
        {
            return [$"{what}: GitHub does not answer {method} {template} with {code}"];
        }

        if (status is 204 or 304 || (response is not null && response["content"] is null))
        {
            return string.IsNullOrEmpty(responseBody) ? [] : [$"{what}: an answer with this status has no body"];
        }

        // The description leaves out statuses any operation can give, such as 401, 403 and 5xx.
        var schema = response?["content"]?["application/json"]?["schema"] ?? BasicError();
        return Check($"{method} {template} {code}", schema, responseBody, what);
    }

    private List<string> CheckRequest(string method, string path, string? requestBody)
    {
        var what = $"{method} {path}";
        if (Find(method, path) is not var (template, operation))
        {
            return [$"{what}: GitHub has no such operation"];
        }

        List<string> problems = [.. UnknownQuery(operation, path).Select(name => $"{what}: unknown query parameter '{name}'")];
        var body = Resolve(operation["requestBody"]);
        if (string.IsNullOrEmpty(requestBody))
        {
            if (body?["required"]?.GetValue<bool>() == true)
            {
                problems.Add($"{what}: a body is required");
            }

            return problems;
        }

        if (body?["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return [.. problems, $"{what}: takes no body"];
        }

        problems.AddRange(Check($"{method} {template} request", schema, requestBody, what));
        // GitHub ignores fields it does not know, which turns a misspelt one into a request that does nothing.
        problems.AddRange(UnknownFields(schema, requestBody).Select(name => $"{what}: unknown field '{name}'"));
        return problems;
    }

    private List<string> Check(string key, JsonNode schema, string? body, string what)
    {
        if (string.IsNullOrEmpty(body))
        {
            return [$"{what}: the body is missing"];
        }

        if (!schemas.TryGetValue(key, out var checker))
        {
            schemas[key] = checker = SchemaClosure.Build(document, schema);
        }

        try
        {
            return [.. checker.Validate(body).Select(error => $"{what}: {error}")];
        }
        catch (Newtonsoft.Json.JsonException wrong)
        {
            return [$"{what}: {wrong.Message}"];
        }
    }

    private (string Template, JsonObject Operation)? Find(string method, string path)
    {
        var segments = path.Split('?')[0].TrimEnd('/').Split('/');
        var best = paths
            .Where(candidate => candidate.Matches(segments) && candidate.Operation(method) is not null)
            .MaxBy(candidate => candidate.Literals);
        return best?.Operation(method) is { } operation ? (best.Template, operation) : null;
    }

    private IEnumerable<string> UnknownQuery(JsonObject operation, string path)
    {
        var query = path.Split('?', 2);
        if (query.Length < 2)
        {
            return [];
        }

        var known = (operation["parameters"]?.AsArray() ?? [])
            .Select(Resolve)
            .Where(parameter => parameter?["in"]?.GetValue<string>() == "query")
            .Select(parameter => parameter!["name"]!.GetValue<string>());
        return query[1].Split('&').Select(pair => Uri.UnescapeDataString(pair.Split('=')[0])).Except(known);
    }

    private IEnumerable<string> UnknownFields(JsonNode schema, string requestBody)
    {
        using var body = JsonDocument.Parse(requestBody);
        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var known = FieldsOf(schema).ToHashSet();
        return [.. body.RootElement.EnumerateObject().Select(field => field.Name).Where(name => !known.Contains(name))];
    }

    private IEnumerable<string> FieldsOf(JsonNode? schema)
    {
        var resolved = Resolve(schema);
        var own = resolved?["properties"]?.AsObject().Select(field => field.Key) ?? [];
        var parts = (string[])["allOf", "anyOf", "oneOf"];
        return own.Concat(parts.SelectMany(part => resolved?[part]?.AsArray() ?? []).SelectMany(FieldsOf));
    }

    private JsonNode BasicError() => document["components"]!["schemas"]!["basic-error"]!;

    private JsonNode? Resolve(JsonNode? node)
    {
        while (node?["$ref"] is { } reference)
        {
            node = reference.GetValue<string>()[2..].Split('/').Aggregate<string, JsonNode?>(document, (at, part) => at?[part]);
        }

        return node;
    }
}
