using FieldMedic.Inbox;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Postgres;

/// <summary>A delivery as it stands in the table.</summary>
internal sealed record DeliveryRow
{
    public const string Columns =
        """
        sequence AS Sequence, id AS Id, kind AS Kind, repository AS Repository, issue AS Issue, comment AS Comment,
        actor_id AS ActorId, actor_login AS ActorLogin, actor_type AS ActorType, happened_at AS HappenedAt
        """;

    public long Sequence { get; init; }

    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? Repository { get; init; }

    public int? Issue { get; init; }

    public long? Comment { get; init; }

    public long? ActorId { get; init; }

    public string? ActorLogin { get; init; }

    public string? ActorType { get; init; }

    public DateTime HappenedAt { get; init; }

    public InboxEntry Entry()
    {
        var actor = ActorId is { } id ? new Actor(id, ActorLogin ?? "", ActorType ?? "") : null;
        var kind = Enum.TryParse<DeliveryKind>(Kind, out var known)
            ? known
            : throw new JournalException($"The inbox holds a delivery of kind '{Kind}', which this version does not know. Use the newer FieldMedic that wrote it.");
        return new InboxEntry(Sequence, new Delivery(Id, kind, Repository, Issue, Comment, actor, HappenedAt));
    }
}
