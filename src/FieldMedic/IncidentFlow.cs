namespace FieldMedic;

/// <summary>The order of the stages. Lands in the next commit.</summary>
internal static class IncidentFlow;
