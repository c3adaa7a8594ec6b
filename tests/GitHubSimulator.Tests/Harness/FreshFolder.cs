namespace GitHubSimulator.Tests.Harness;

/// <summary>A folder of its own for one test.</summary>
internal sealed class FreshFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("github-simulator-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
