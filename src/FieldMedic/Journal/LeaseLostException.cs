namespace FieldMedic.Journal;

/// <summary>Another process has taken over the system; this one must stop acting at once.</summary>
public sealed class LeaseLostException : Exception
{
    public LeaseLostException()
        : this("Another process has taken over this system; this one stopped.")
    {
    }

    public LeaseLostException(string message)
        : base(message)
    {
    }

    public LeaseLostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
