namespace FieldMedic.Platform.Docker;

/// <summary>The daemon answered, with a refusal. 404: gone; 409: not in a state for it.</summary>
internal sealed class DockerException(int status, string message) : IOException(message)
{
    public int Status => status;
}
