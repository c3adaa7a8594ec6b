using FieldMedic.Systems;

namespace FieldMedic.Testing;

public sealed class NoSecrets(params string[] values) : ISecretValues
{
    public IReadOnlyCollection<string> Current() => values;
}
