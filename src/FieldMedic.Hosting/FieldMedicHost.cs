using FieldMedic.Chat;
using FieldMedic.GitHub;
using FieldMedic.GitHub.Feed;
using FieldMedic.GitHub.Mcp;
using FieldMedic.Inbox;
using FieldMedic.Intake;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Guards;
using FieldMedic.Platform.Logs;
using FieldMedic.Report;
using FieldMedic.Storage;
using FieldMedic.Tracker;

namespace FieldMedic.Hosting;

/// <summary>The one composition root: settings in, a ready <see cref="FieldMedic.Medic"/> out.</summary>
public sealed class FieldMedicHost : IAsyncDisposable
{
    private readonly IStore? _store;
    private readonly IIssueTracker? _tracker;
    private readonly IDeliveryInbox? _inbox;
    private readonly PlatformConnection _platform;
    private readonly bool _isGuest;

    private FieldMedicHost(FieldMedicSettings settings, Pack pack, PlatformConnection platform, IStore? store, IIssueTracker? tracker, IDeliveryInbox? inbox, bool isGuest)
    {
        (Settings, Pack, _platform, _store, _tracker, _inbox, _isGuest) = (settings, pack, platform, store, tracker, inbox, isGuest);
        Feed = inbox is null ? null : new GitHubFeed(TrackerSettings(settings), TimeProvider.System);
        var nothing = new NothingStored();
        Journal = store ?? (IJournal)nothing;
        Locks = store?.Locks ?? nothing;
        Controls = store?.Controls ?? nothing;
        Redactor = new Redactor(pack, platform.Secrets);
        var ports = new MedicPorts
        {
            System = platform.System,
            Journal = Journal,
            Locks = Locks,
            Controls = Controls,
            Triage = new ComplaintTriage(pack),
            Secrets = platform.Secrets,
            Tracker = tracker,
        };
        Medic = new Medic(ports);
        Chat = new ChatDesk(ports);
    }

    public FieldMedicSettings Settings { get; }

    public Pack Pack { get; }

    public Medic Medic { get; }

    /// <summary>Takes the orders people write in comments; needs a tracker.</summary>
    public ChatDesk Chat { get; }

    public IJournal Journal { get; }

    public ISystemLocks Locks { get; }

    public IControls Controls { get; }

    /// <summary>Null without a store.</summary>
    public IStoreUpkeep? Upkeep => _store?.Upkeep;

    public IIssueTracker? Tracker => _tracker;

    /// <summary>Makes values fit for eyes other than the operator's.</summary>
    public Redactor Redactor { get; }

    /// <summary>Null unless it was asked for.</summary>
    public IDeliveryInbox? Inbox => _inbox;

    /// <summary>Null unless the inbox was asked for.</summary>
    public GitHubFeed? Feed { get; }

    public GuardBook Guards => _platform.Guards;

    public LogBook Logs => _platform.Logs;

    public PlatformDoctor Doctor => _platform.Doctor;

    /// <inheritdoc cref="PlatformConnection.DockerUsageAsync"/>
    public Task<DockerUsage?> DockerUsageAsync(TimeSpan limit, CancellationToken cancellationToken) => _platform.DockerUsageAsync(limit, cancellationToken);

    /// <param name="needs">What the command uses; nothing else is opened or checked.</param>
    /// <exception cref="ConfigurationException">The pack or a setting is wrong.</exception>
    /// <exception cref="JournalException">The store cannot be opened.</exception>
    public static async Task<FieldMedicHost> OpenAsync(FieldMedicSettings settings, HostNeeds needs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var pack = LoadPack(settings);
        var tracker = needs.HasFlag(HostNeeds.Tracker) ? Connect(settings) : null;
        var platform = PlatformConnection.Open(pack, TimeProvider.System);
        var store = needs.HasFlag(HostNeeds.Store) || (needs.HasFlag(HostNeeds.StoreIfThere) && await settings.Store.ExistsAsync(cancellationToken).ConfigureAwait(false))
            ? await settings.Store.OpenAsync(TimeProvider.System, cancellationToken).ConfigureAwait(false)
            : null;
        var inbox = store is not null && needs.HasFlag(HostNeeds.Inbox) ? await store.OpenInboxAsync(cancellationToken).ConfigureAwait(false) : null;
        if (tracker is not null || needs.HasFlag(HostNeeds.Secrets))
        {
            await platform.Secrets.LearnAsync(cancellationToken).ConfigureAwait(false);
        }

        return new FieldMedicHost(settings, pack, platform, store, tracker, inbox, isGuest: false);
    }

    /// <summary>Another system on this host's store and tracker. This one has to outlive it.</summary>
    /// <exception cref="ConfigurationException">The pack or a setting is wrong.</exception>
    public async Task<FieldMedicHost> BesideAsync(FieldMedicSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var pack = LoadPack(settings);
        var platform = PlatformConnection.Open(pack, TimeProvider.System);
        if (_tracker is not null)
        {
            await platform.Secrets.LearnAsync(cancellationToken).ConfigureAwait(false);
        }

        return new FieldMedicHost(settings, pack, platform, _store, _tracker, _inbox, isGuest: true);
    }

    /// <summary>The pack of the settings, under the name of their system; every mistake in it is a line of the exception.</summary>
    public static Pack LoadPack(FieldMedicSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings is { System: null, Systems: [_, ..] systems })
        {
            throw new ConfigurationException($"There are {systems.Count} systems under care; say which with --system: {string.Join(", ", systems.Select(s => s.Name))}.");
        }

        var loaded = new PackLoader(PlatformKinds.Catalog).Load(settings.PackPath, settings.Variables);
        var pack = loaded.Pack ?? throw new ConfigurationException(string.Join('\n', loaded.Problems));
        return settings.System is { } name ? pack with { System = name } : pack;
    }

    /// <summary>How to reach the tracker.</summary>
    public static GitHubSettings TrackerSettings(FieldMedicSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new GitHubSettings { Token = settings.Token, App = settings.App, ApiUrl = settings.ApiUrl, Login = settings.Login, WriteSpacing = settings.WriteSpacing };
    }

    /// <summary>Reads the system's secrets again, for hosts that live longer than the system's containers.</summary>
    public Task LearnSecretsAsync(CancellationToken cancellationToken) => _platform.Secrets.LearnAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Feed?.Dispose();
        _platform.Dispose();
        if (_isGuest)
        {
            return;
        }

        switch (_tracker)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        if (_inbox is IAsyncDisposable inbox)
        {
            await inbox.DisposeAsync().ConfigureAwait(false);
        }

        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IIssueTracker Connect(FieldMedicSettings settings)
    {
        if (settings.App is null && string.IsNullOrWhiteSpace(settings.Token()))
        {
            throw new ConfigurationException("No GitHub token. Set GITHUB_TOKEN to a token that may read and write issues ('repo' for a classic one, Issues: read and write for a fine-grained one), or act as a GitHub App (FIELDMEDIC_APP_ID).");
        }

        return settings.McpTracker is { } mcp ? new McpTracker(mcp, TimeProvider.System) : new GitHubTracker(TrackerSettings(settings), TimeProvider.System);
    }
}
