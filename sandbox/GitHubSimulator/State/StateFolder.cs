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

    private const string Head = "repository.json";
    private const string IssueFiles = "issue-*.json";

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
        foreach (var owned in Folders())
        {
            var repository = Read<Repository>(Path.Combine(owned, Head));
            var issues = ImmutableSortedDictionary.CreateBuilder<int, Issue>();
            foreach (var path in Directory.EnumerateFiles(owned, IssueFiles))
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
        var head = Path.Combine(folder, Head);
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

    /// <summary>Deletes the files it wrote, and only these: the folder may be one that holds other things too.</summary>
    public void Clear()
    {
        foreach (var owned in Folders().ToList())
        {
            foreach (var path in Directory.EnumerateFiles(owned, IssueFiles).ToList())
            {
                File.Delete(path);
            }

            File.Delete(Path.Combine(owned, Head));
            if (!Directory.EnumerateFileSystemEntries(owned).Any())
            {
                Directory.Delete(owned);
            }
        }

        File.Delete(Path.Combine(root, "access.json"));
    }

    public void Dispose() => ownership.Dispose();

    private IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(root, "*@*").Where(folder => File.Exists(Path.Combine(folder, Head)));

    private string FolderOf(Repository repository) =>
        Path.Combine(root, $"{repository.Owner}@{repository.Name}".ToLowerInvariant());

    private static T Read<T>(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException wrong)
        {
            throw new IOException($"{path} cannot be read: {wrong.Message}", wrong);
        }
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
