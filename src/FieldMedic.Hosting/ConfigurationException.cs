namespace FieldMedic.Hosting;

/// <summary>Configuration or pack is wrong. Each line of the message names the place and the next step.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException()
        : this("The configuration is wrong.")
    {
    }

    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
