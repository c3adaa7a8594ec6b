using System.Globalization;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Wire;
using FieldMedic.Inbox;
using FieldMedic.Incidents;

namespace FieldMedic.GitHub.Feed;

/// <summary>
/// Asks GitHub what happened, for those whom no webhook can reach. As long as nothing did, three answers of 304 come back, which count
/// against no limit. It gives the same deliveries as webhooks would, so both ways can be used at once.
/// </summary>
public sealed class GitHubFeed : IDisposable
{
    /// <summary>Entries may show up a little later than their time says.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private const int FewRequests = 100;
    private const int MostPages = 10;
    private readonly GitHubClient _client;
    private readonly WhoWeAre _who;
    private readonly Dictionary<string, (string Query, string Tag)> _known = new(StringComparer.Ordinal);

    /// <param name="handler">Null for an ordinary connection; a given handler is not disposed.</param>
    public GitHubFeed(GitHubSettings settings, TimeProvider time, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        _client = new GitHubClient(settings, time, handler);
        _who = new WhoWeAre(_client, settings);
    }

    /// <summary>Whether an account is the one we act as: by its id where that is known, never by how a name looks.</summary>
    public async Task<bool> IsUsAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return (await _who.GetAsync(cancellationToken).ConfigureAwait(false)).Is(new WireUser(actor.Id, actor.Login, actor.Type));
    }

    /// <summary>Puts 👀 under an issue, before all other writes that wait. Twice is the same as once.</summary>
    public Task ShowSeenAsync(IssueRef issue, CancellationToken cancellationToken) => _client.SendAsync(
        new GitHubCall(HttpMethod.Post, $"{RepositoryPath.Of(issue)}/reactions", "react", issue?.ToString() ?? "") { Body = """{"content":"eyes"}""", IsUrgent = true },
        cancellationToken);

    /// <summary>One look at the lists of issues, comments and events. Not to be called twice at once.</summary>
    /// <param name="mark">The mark that the last look gave; at the first, from when on things matter.</param>
    public async Task<FeedNews> LookAsync(string repository, DateTimeOffset mark, CancellationToken cancellationToken)
    {
        var from = mark - Overlap;
        var since = Uri.EscapeDataString(from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var news = new News(repository, from);
        // Newest first: what is new then changes the first page, and only that is asked about as long as nothing is.
        await ReadAsync(repository, "issues", $"state=all&sort=updated&direction=desc&since={since}&per_page=100", news.AddIssue, news, cancellationToken).ConfigureAwait(false);
        await ReadAsync(repository, "issues/comments", $"sort=updated&direction=desc&since={since}&per_page=100", news.AddComment, news, cancellationToken).ConfigureAwait(false);
        await ReadAsync(repository, "issues/events", "per_page=100", news.AddEvent, news, cancellationToken).ConfigureAwait(false);
        return new FeedNews([.. news.Deliveries.OrderBy(d => d.HappenedAt)], news.Newest > mark ? news.Newest : mark, news.Wait);
    }

    /// <summary>Forgets what was seen, because it could not be stored: the next look gives it again.</summary>
    public void Forget() => _known.Clear();

    public void Dispose() => _client.Dispose();

    private async Task ReadAsync(string repository, string list, string query, Func<FeedItem, bool> add, News news, CancellationToken cancellationToken)
    {
        var path = $"{RepositoryPath.Of(repository)}/{list}";
        string? next = query;
        for (var page = 1; next is not null && page <= MostPages; page++)
        {
            var tag = page == 1 && _known.TryGetValue(list, out var known) && known.Query == query ? known.Tag : null;
            var call = new GitHubCall(HttpMethod.Get, path, "look for news", repository) { Query = next, KnownTag = tag, Accepted = tag is null ? [] : [304] };
            var answer = await _client.SendAsync(call, cancellationToken).ConfigureAwait(false);
            news.Heed(answer, FewRequests);
            if (answer.Status == 304)
            {
                return;
            }

            var goesOn = true;
            foreach (var item in GitHubClient.Parse(call, answer, FeedJson.Default.ListFeedItem))
            {
                goesOn &= add(item);
            }

            if (page == 1 && answer.Tag is not null)
            {
                _known[list] = (query, answer.Tag);
            }

            next = goesOn ? PageLinks.After(answer.Link, 0, MostPages) : null;
        }
    }

    /// <summary>Collects one look.</summary>
    private sealed class News(string repository, DateTimeOffset from)
    {
        public List<Delivery> Deliveries { get; } = [];

        public DateTimeOffset Newest { get; private set; } = DateTimeOffset.MinValue;

        public TimeSpan? Wait { get; private set; }

        public void Heed(GitHubAnswer answer, int few)
        {
            var spent = answer is { RateRemaining: { } left, RateReset: { } reset, Date: { } now } && left < few ? RetryRule.Bounded(reset - now) : (TimeSpan?)null;
            foreach (var wait in new[] { answer.PollInterval, spent })
            {
                Wait = wait is null || Wait > wait ? Wait : wait;
            }
        }

        public bool AddIssue(FeedItem item)
        {
            See(item.UpdatedAt);
            if (item.PullRequest is null && item.Number is { } number && item.CreatedAt >= from)
            {
                Add(DeliveryKind.IssueOpened, $"opened:{number}", number, null, item.User, item.CreatedAt);
            }

            return true;
        }

        public bool AddComment(FeedItem item)
        {
            See(item.UpdatedAt);
            var isOfAPull = item.HtmlUrl?.AbsolutePath.Contains("/pull/", StringComparison.Ordinal) == true;
            if (!isOfAPull && item.CreatedAt >= from && int.TryParse(item.IssueUrl?.Segments[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Add(DeliveryKind.CommentCreated, $"comment:{item.Id}", number, item.Id, item.User, item.CreatedAt);
            }

            return true;
        }

        public bool AddEvent(FeedItem item)
        {
            if (item.CreatedAt < from)
            {
                return false;
            }

            See(item.CreatedAt);
            DeliveryKind? kind = item.Event switch
            {
                "reopened" => DeliveryKind.IssueReopened,
                "closed" => DeliveryKind.IssueClosed,
                "labeled" => DeliveryKind.IssueLabeled,
                "renamed" => DeliveryKind.IssueEdited,
                _ => null,
            };
            if (kind is { } known && item.Issue is { PullRequest: null, Number: var number })
            {
                Add(known, $"event:{item.Id}", number, null, item.Actor, item.CreatedAt);
            }

            return true;
        }

        private void Add(DeliveryKind kind, string id, int number, long? comment, WireUser? user, DateTimeOffset at)
        {
            // Nobody (a deleted account) is no bot.
            var actor = user is null ? null : new Actor(user.Id, user.Login, user.Type ?? "User");
            if (actor is not { IsBot: true })
            {
                Deliveries.Add(new Delivery($"poll:{repository}:{id}", kind, repository, number, comment, actor, at));
            }
        }

        private void See(DateTimeOffset? at) => Newest = at > Newest ? at.Value : Newest;
    }
}
