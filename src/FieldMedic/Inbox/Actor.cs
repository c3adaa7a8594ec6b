namespace FieldMedic.Inbox;

/// <summary>Who caused an event, as the tracker names it.</summary>
/// <param name="Id">Never changes; a login can be renamed and taken by others.</param>
/// <param name="Type"><c>User</c>, <c>Bot</c>, <c>Organization</c>: the tracker's word, which no name can imitate.</param>
public sealed record Actor(long Id, string Login, string Type)
{
    public bool IsBot => Type == "Bot";
}
