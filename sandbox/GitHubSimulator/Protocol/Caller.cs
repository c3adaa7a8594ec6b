using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Who makes the current request; null login for nobody.</summary>
internal sealed record Caller(string? Login, TokenRule? Token)
{
    public static readonly Caller Nobody = new(null, null);

    /// <summary>Set when an App signed the request itself.</summary>
    public GitHubApp? App { get; init; }

    /// <summary>Set when the request carries the token of an App's installation.</summary>
    public InstallationToken? Installation { get; init; }

    /// <summary>Why a signature is not believed.</summary>
    public string? Disbelief { get; init; }

    public static Caller Of(HttpContext context) => context.Items[typeof(Caller)] as Caller ?? Nobody;

    public void AttachTo(HttpContext context) => context.Items[typeof(Caller)] = this;
}
