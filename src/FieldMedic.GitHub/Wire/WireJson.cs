using System.Text.Json.Serialization;

namespace FieldMedic.GitHub.Wire;

/// <summary>Generated reading and writing; nulls are never written, because to GitHub null means "clear it".</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireUser))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireIssue))]
[JsonSerializable(typeof(WireIssueSeen))]
[JsonSerializable(typeof(WireRepository))]
[JsonSerializable(typeof(WireComment))]
[JsonSerializable(typeof(WirePermission))]
[JsonSerializable(typeof(WireReaction))]
[JsonSerializable(typeof(WireClaims))]
[JsonSerializable(typeof(WireApp))]
[JsonSerializable(typeof(WireInstallation))]
[JsonSerializable(typeof(WireInstallationToken))]
[JsonSerializable(typeof(WireState))]
[JsonSerializable(typeof(WireText))]
[JsonSerializable(typeof(WireNewLabel))]
[JsonSerializable(typeof(WireNames))]
[JsonSerializable(typeof(List<WireComment>))]
[JsonSerializable(typeof(List<WireEvent>))]
[JsonSerializable(typeof(List<WireLabel>))]
internal sealed partial class WireJson : JsonSerializerContext;
