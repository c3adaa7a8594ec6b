using FieldMedic.Incidents;
using FieldMedic.Intake;

namespace FieldMedic.Bench.Triage;

/// <summary>What the first says; what the second says where the first says nothing.</summary>
internal sealed class ElseTriage(IComplaintTriage first, IComplaintTriage second) : IComplaintTriage
{
    public Complaint Judge(string title, string body, IEnumerable<string> comments)
    {
        var read = comments.ToList();
        var complaint = first.Judge(title, body, read);
        return complaint.Kinds.Count > 0 ? complaint : second.Judge(title, body, read);
    }
}
