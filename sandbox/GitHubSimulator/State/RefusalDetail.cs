namespace GitHubSimulator.State;

/// <summary>One entry of <c>errors</c> in a 422 answer.</summary>
internal sealed record RefusalDetail(string Resource, string Field, string Code, string? Message = null, string? Value = null);
