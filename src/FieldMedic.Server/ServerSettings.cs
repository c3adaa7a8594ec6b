namespace FieldMedic.Server;

/// <summary>What the server is told beside the settings every host has.</summary>
public sealed record ServerSettings
{
    /// <summary>Where to listen; port 0 takes a free one. Null: no webhooks, polling only.</summary>
    public Uri? Listen { get; init; } = new("http://127.0.0.1:8787");

    /// <summary>Where Prometheus finds <c>/metrics</c>, and nobody else should; port 0 takes a free one. Null: nowhere.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>The webhook's secrets, the current one and during a rotation the previous; asked for every delivery, never kept.</summary>
    public required Func<IReadOnlyList<string>> Secrets { get; init; }

    /// <summary>How often to ask GitHub what is new; null does not ask. GitHub may demand longer pauses.</summary>
    public TimeSpan? PollEvery { get; init; }

    /// <summary>How long a shutdown waits for an action that is being executed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Adds what spreads the work over several nodes (an <see cref="Dispatch.IWorkPlacement"/>); null keeps it here.</summary>
    public Action<IHostApplicationBuilder>? Cluster { get; init; }

    /// <summary>How often to look for deliveries that another server on the same store left unfinished; null where there is no other, or a cluster sees to it.</summary>
    public TimeSpan? RetakeEvery { get; init; }

    /// <summary>How often this process looks after the incidents by itself; null as the pack says.</summary>
    public TimeSpan? WatchEvery { get; init; }

    /// <summary>What else is served at the same address.</summary>
    public Action<IServiceCollection>? MoreServices { get; init; }

    /// <summary>Where that is to be found.</summary>
    public Action<WebApplication>? MoreEndpoints { get; init; }

    /// <summary>How many issues are worked on or wait for their turn at once; chat commands have lanes of their own.</summary>
    public int IssueLanes { get; init; } = 32;

    /// <summary>How many chat commands are answered at once.</summary>
    public int CommentLanes { get; init; } = 8;
}
