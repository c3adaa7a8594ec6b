using FieldMedic.Incidents;

namespace FieldMedic.Intake;

/// <summary>Turns hostile text into a selection from the pack's closed list of complaint kinds. Pure; bounded in time and memory for any input.</summary>
public interface IComplaintTriage
{
    Complaint Judge(string title, string body, IEnumerable<string> comments);
}
