namespace Testing.GitHubOpenApi;

/// <summary>Finds the description where <c>npm ci</c> puts it.</summary>
public static class OpenApiFile
{
    private const string Folder = "tests/GitHubSimulator.Tests/openapi";

    private static readonly Lazy<GitHubOpenApi?> Shared = new(() => Path is { } path ? GitHubOpenApi.Load(path) : null);

    /// <summary>What to do when it is missing.</summary>
    public static string HowToGetIt => $"GitHub's OpenAPI description is not installed: run 'npm ci' in {Folder}.";

    /// <summary>The folder with the npm packages, or null outside of the source tree.</summary>
    public static string? NodeFolder
    {
        get
        {
            for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(at.FullName, Folder, "package.json")))
                {
                    return System.IO.Path.Combine(at.FullName, Folder);
                }
            }

            return null;
        }
    }

    /// <summary>Path of the description, or null when it is not installed.</summary>
    public static string? Path
    {
        get
        {
            var path = NodeFolder is { } folder
                ? System.IO.Path.Combine(folder, "node_modules/@octokit/openapi/generated/api.github.com.json")
                : null;
            return File.Exists(path) ? path : null;
        }
    }

    /// <summary>The description, read once for the process; null when it is not installed.</summary>
    public static GitHubOpenApi? TryLoad() => Shared.Value;
}
