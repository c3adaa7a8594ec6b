namespace FieldMedic.GitHub.Wire;

/// <summary>What the answer about an issue also says where nothing else can be read: how many comments, and who closed it.</summary>
internal sealed record WireIssueSeen(int? Comments, WireUser? ClosedBy);
