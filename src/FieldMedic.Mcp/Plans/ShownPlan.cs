using FieldMedic.Incidents;

namespace FieldMedic.Mcp.Plans;

/// <summary>A plan that was shown, and the question it answered.</summary>
internal sealed record ShownPlan(string? Problem, string? Service, Plan Plan, DateTimeOffset ExpiresAt);
