namespace FieldMedic.Systems;

/// <summary>
/// Thrown by an action when the way to the system broke after the effect may have begun. It is neither done nor failed; the system has
/// to be observed again before anything else is tried.
/// </summary>
public sealed class OutcomeUnknownException : IOException
{
    public OutcomeUnknownException()
        : this("the connection broke")
    {
    }

    public OutcomeUnknownException(string message)
        : base(message)
    {
    }

    public OutcomeUnknownException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
