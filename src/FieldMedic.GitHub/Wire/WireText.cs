namespace FieldMedic.GitHub.Wire;

/// <summary>The body that writes a comment.</summary>
internal sealed record WireText(string Body);
