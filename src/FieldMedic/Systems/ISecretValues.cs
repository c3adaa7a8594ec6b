namespace FieldMedic.Systems;

/// <summary>Values that must never appear in public text: tokens, passwords, host names, addresses. Read per use, never captured.</summary>
public interface ISecretValues
{
    IReadOnlyCollection<string> Current();
}
