using System.Collections.Concurrent;

namespace GitHubSimulator.State;

/// <summary>
/// All repositories. One change at a time: it is computed, made durable if there is a folder, and only then visible.
/// Safe to use from several threads.
/// </summary>
public sealed partial class TrackerStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly StateFolder? folder;
    private readonly ConcurrentDictionary<RepositoryName, Repository> repositories = new();
    private long lastId = 1_000;

    internal TrackerStore(TimeProvider time, StateFolder? folder)
    {
        this.time = time;
        this.folder = folder;
        foreach (var repository in folder?.Load() ?? [])
        {
            repositories[RepositoryName.From(repository.Owner, repository.Name)!] = repository;
            lastId = Math.Max(lastId, HighestId(repository));
        }
    }

    /// <summary>Raised after every change with the repository as it is now, on the thread that made the change.</summary>
    public event EventHandler<Repository>? Changed;

    /// <summary>Raised after every change with the repository before and after it and who made it, one change after the other.</summary>
    internal event Action<Repository, Repository, string>? Happened;

    /// <summary>The repositories used so far.</summary>
    public IReadOnlyList<Repository> Repositories =>
        [.. repositories.Values.OrderBy(repository => repository.FullName, StringComparer.OrdinalIgnoreCase)];

    internal DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>The repository as it is now; one never heard of springs up.</summary>
    internal Repository Get(RepositoryName name)
    {
        if (repositories.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (gate)
        {
            return repositories.TryGetValue(name, out known) ? known : repositories[name] = Spring(name);
        }
    }

    internal Outcome<T> Change<T>(
        RepositoryName name,
        string actor,
        Permission permission,
        Func<Repository, Change, (Repository After, Outcome<T> Outcome)> apply)
        where T : class
    {
        Repository changed;
        Outcome<T> outcome;
        lock (gate)
        {
            var before = repositories.TryGetValue(name, out var known) ? known : Spring(name);
            (changed, outcome) = apply(before, new Change(actor, permission, Now, NextId));
            if (outcome.Refusal is not null || ReferenceEquals(changed, before))
            {
                return outcome;
            }

            folder?.Save(before, changed);
            repositories[name] = changed;
            Happened?.Invoke(before, changed, actor);
        }

        Changed?.Invoke(this, changed);
        return outcome;
    }

    internal void Reset()
    {
        lock (gate)
        {
            folder?.Clear();
            repositories.Clear();
        }
    }

    private Repository Spring(RepositoryName name) => new()
    {
        Id = NextId(),
        Owner = name.Owner,
        Name = name.Name,
        CreatedAt = Now,
        Labels = DefaultLabels.Make(NextId),
    };

    private long NextId() => Interlocked.Increment(ref lastId);

    private static long HighestId(Repository repository) =>
        repository.Issues.Values
            .SelectMany(issue => (IEnumerable<long>)
            [
                issue.Id,
                .. issue.Comments.Select(comment => comment.Id),
                .. issue.Comments.SelectMany(comment => comment.Reactions).Select(reaction => reaction.Id),
                .. issue.Events.Select(entry => entry.Id),
                .. issue.Reactions.Select(reaction => reaction.Id),
            ])
            .Concat(repository.Labels.Select(label => label.Id))
            .Concat(repository.Milestones.Select(milestone => milestone.Id))
            .Append(repository.Id)
            .Max();
}
