using System.Text.RegularExpressions;
using GitHubSimulator.State;

namespace GitHubSimulator.Pages;

/// <summary>Plain pages to look at issues in a browser. They need no token, run no script and change nothing.</summary>
internal static partial class PageEndpoints
{
    private const string RepositoriesPath = "/_simulator/repositories";

    /// <summary>The root is the API's; a browser there means the list of repositories.</summary>
    public static void SendBrowsersToPages(HttpContext context)
    {
        if (context.Request.Path == "/" && Owns(context))
        {
            context.Request.Path = RepositoriesPath;
            // UsePathBase has matched the old path already.
            context.SetEndpoint(null);
        }
    }

    public static bool Owns(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.PathBase.HasValue
        // An App asking about its installations is no owner with a repository.
        && !context.Request.Path.StartsWithSegments("/app", StringComparison.Ordinal)
        && (PagePath().IsMatch(context.Request.Path.ToString()) || (context.Request.Path == "/" && WantsHtml(context.Request)));

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(RepositoriesPath, context => HtmlAsync(context, ListPages.Repositories(Store(context).Repositories)));
        routes.MapGet("/{owner}/{repo}", context =>
        {
            context.Response.Redirect($"/{context.Request.RouteValues["owner"]}/{context.Request.RouteValues["repo"]}/issues");
            return Task.CompletedTask;
        });
        routes.MapGet("/{owner}/{repo}/issues", ListAsync);
        routes.MapGet("/{owner}/{repo}/issues/{number:int}", IssueAsync);
    }

    public static Task StyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        return context.Response.WriteAsync(Style.Css, context.RequestAborted);
    }

    public static Task AvatarAsync(HttpContext context)
    {
        context.Response.ContentType = "image/svg+xml";
        return context.Response.WriteAsync(Style.Avatar, context.RequestAborted);
    }

    private static Task ListAsync(HttpContext context)
    {
        if (NameOf(context) is not { } name)
        {
            return NotFoundAsync(context);
        }

        var state = context.Request.Query["state"].ToString() is IssueStates.Closed ? IssueStates.Closed : IssueStates.Open;
        return HtmlAsync(context, ListPages.Issues(Store(context).Get(name), state));
    }

    private static Task IssueAsync(HttpContext context)
    {
        if (NameOf(context) is not { } name || !int.TryParse((string?)context.Request.RouteValues["number"], out var number))
        {
            return NotFoundAsync(context);
        }

        var repository = Store(context).Get(name);
        return repository.Issue(number) is { } issue
            ? HtmlAsync(context, IssuePage.Render(repository, issue))
            : NotFoundAsync(context);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return HtmlAsync(context, Layout.Page("Not found", "<h1>Not found</h1><p>There is no such issue here.</p>"));
    }

    private static Task HtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static TrackerStore Store(HttpContext context) => context.RequestServices.GetRequiredService<TrackerStore>();

    private static RepositoryName? NameOf(HttpContext context) =>
        RepositoryName.From((string)context.Request.RouteValues["owner"]!, (string)context.Request.RouteValues["repo"]!);

    private static bool WantsHtml(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A/(?!repos/|users/|user/|orgs/|search/|_simulator/)[^/]+/[^/]+(/issues(/[0-9]+)?)?\z")]
    private static partial Regex PagePath();
}
