namespace FieldMedic.Journal;

/// <summary>The journal cannot be read or written. Nothing may be done on a system while this lasts.</summary>
public sealed class JournalException : Exception
{
    public JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public JournalException()
    {
    }

    public JournalException(string message)
        : base(message)
    {
    }
}
