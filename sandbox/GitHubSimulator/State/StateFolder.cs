using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitHubSimulator.State;

/// <summary>
/// The state on disk: a folder per repository with <c>repository.json</c> and one file per issue. Every file is replaced
/// in one step, so a killed process leaves the old or the new text and nothing in between.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly string root;
    private readonly FileStream ownership;

    public StateFolder(string root)
    {
        this.root = Path.GetFullPath(root);
        Directory.CreateDirectory(this.root);
        // Two processes with one memory each would overwrite one another's issues.
        ownership = new FileStream(Path.Combine(this.root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public IEnumerable<Repository> Load()
    {
        foreach (var file in Directory.EnumerateFiles(root, "repository.json", SearchOption.AllDirectories))
        {
            var repository = Read<Repository>(file);
            var issues = ImmutableSortedDictionary.CreateBuilder<int, Issue>();
            foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "issue-*.json"))
            {
                var issue = Read<Issue>(path);
                issues.Add(issue.Number, issue);
            }

            yield return repository with { Issues = issues.ToImmutable() };
        }
    }

    public AccessRules? LoadAccess()
    {
        var path = Path.Combine(root, "access.json");
        return File.Exists(path) ? Read<AccessRules>(path) : null;
    }

    public void SaveAccess(AccessRules rules) => Write(Path.Combine(root, "access.json"), rules);

    /// <summary>Writes what differs. The repository goes first: issues refer to its labels, never the other way.</summary>
    public void Save(Repository before, Repository after)
    {
        var folder = FolderOf(after);
        Directory.CreateDirectory(folder);
        var head = Path.Combine(folder, "repository.json");
        // A repository that was only looked at so far is known in memory and not yet on disk.
        if (!File.Exists(head) || before with { Issues = after.Issues } != after)
        {
            Write(head, after);
        }

        foreach (var (number, issue) in after.Issues)
        {
            if (!ReferenceEquals(before.Issue(number), issue))
            {
                Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"issue-{number}.json")), issue);
            }
        }
    }

    public void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(Path.Combine(root, "access.json"));
    }

    public void Dispose() => ownership.Dispose();

    private string FolderOf(Repository repository) =>
        Path.Combine(root, $"{repository.Owner}@{repository.Name}".ToLowerInvariant());

    private static T Read<T>(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException($"{path} is empty.");
    }

    private static void Write<T>(string path, T value)
    {
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, value, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
