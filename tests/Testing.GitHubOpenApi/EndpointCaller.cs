namespace Testing.GitHubOpenApi;

/// <summary>Who may call an endpoint.</summary>
public enum EndpointCaller
{
    /// <summary>A person's token, or the one of an App's installation.</summary>
    Anyone,

    /// <summary>A person's token alone.</summary>
    Person,

    /// <summary>An App, with its signature.</summary>
    App,
}
