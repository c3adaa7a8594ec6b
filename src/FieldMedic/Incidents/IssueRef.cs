namespace FieldMedic.Incidents;

/// <summary>One issue of one repository.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Number">The issue number, 1 and up.</param>
public sealed record IssueRef(string Repository, int Number)
{
    public override string ToString() => $"{Repository}#{Number}";
}
