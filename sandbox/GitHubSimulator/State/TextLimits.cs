namespace GitHubSimulator.State;

/// <summary>GitHub's limits on what people write.</summary>
internal static class TextLimits
{
    public const int Body = 65_536;
    public const int Title = 256;

    public static RefusalDetail? CheckBody(string resource, string? body) =>
        body?.Length > Body
            ? new RefusalDetail(resource, "body", "custom", $"body is too long (maximum is {Body} characters)")
            : null;

    public static RefusalDetail? CheckTitle(string title) => title switch
    {
        _ when string.IsNullOrWhiteSpace(title) => new RefusalDetail("Issue", "title", "missing_field"),
        { Length: > Title } => new RefusalDetail("Issue", "title", "custom", $"title is too long (maximum is {Title} characters)"),
        _ => null,
    };
}
