using System.Globalization;
using System.Text.Json.Nodes;
using GitHubSimulator.Protocol;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHubSimulator.Endpoints;

/// <summary>Cuts lists into pages, with the <c>Link</c> header clients walk along.</summary>
internal static class Paging
{
    private const int DefaultSize = 30;
    private const int LargestSize = 100;

    public static IResult Page<T>(this ApiRequest request, IEnumerable<T> items, Func<T, JsonNode> shape)
    {
        var all = items.ToList();
        var size = Math.Min(Read(request, "per_page", DefaultSize), LargestSize);
        var page = Read(request, "page", 1);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        if (Links(request.Http.Request, page, last) is { Length: > 0 } links)
        {
            request.Http.Response.Headers.Link = links;
        }

        var rows = all.Skip((int)Math.Min((long)(page - 1) * size, int.MaxValue)).Take(size).Select(shape);
        return Reply.Ok(new JsonArray([.. rows]));
    }

    private static string Links(HttpRequest request, int page, int last)
    {
        var links = new List<string>();
        if (page > 1)
        {
            links.Add(Link(request, Math.Min(page - 1, last), "prev"));
        }

        if (page < last)
        {
            links.Add(Link(request, page + 1, "next"));
            links.Add(Link(request, last, "last"));
        }

        if (page > 1)
        {
            links.Add(Link(request, 1, "first"));
        }

        return string.Join(", ", links);
    }

    private static string Link(HttpRequest request, int page, string relation)
    {
        var query = request.Query
            .Where(pair => pair.Key != "page")
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture)));
        var address = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";
        return $"<{QueryHelpers.AddQueryString(address, query)}>; rel=\"{relation}\"";
    }

    private static int Read(ApiRequest request, string name, int usual) =>
        int.TryParse(request.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : usual;
}
