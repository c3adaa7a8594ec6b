using FieldMedic.Inbox;

namespace FieldMedic.GitHub.Feed;

/// <summary>What happened since the last look.</summary>
/// <param name="Deliveries">Oldest first. Some may have been given before.</param>
/// <param name="Mark">Look again from here, once the deliveries are stored.</param>
/// <param name="Wait">Not before that, by GitHub's word; null when it says nothing.</param>
public sealed record FeedNews(IReadOnlyList<Delivery> Deliveries, DateTimeOffset Mark, TimeSpan? Wait);
