using System.Globalization;

namespace FieldMedic.Storage;

/// <summary>What was to be imported is not a journal, not whole, or there already. Nothing of it was stored.</summary>
public sealed class ImportRefusedException : Exception
{
    public ImportRefusedException(int line, string reason)
        : base(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {reason}"))
        => (Line, Reason) = (line, reason);

    public ImportRefusedException()
    {
    }

    public ImportRefusedException(string message)
        : base(message)
    {
    }

    public ImportRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Counts from 1; 0 when it is not about one line.</summary>
    public int Line { get; }

    public string Reason { get; } = "";
}
