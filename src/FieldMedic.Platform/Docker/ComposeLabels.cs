namespace FieldMedic.Platform.Docker;

/// <summary>The labels by which Docker Compose marks its containers.</summary>
internal static class ComposeLabels
{
    public const string Project = "com.docker.compose.project";
    public const string Service = "com.docker.compose.service";

    /// <summary>Only on containers that compose itself made; project and service are on the images it builds, too, and so on whatever else is run from them.</summary>
    public const string Number = "com.docker.compose.container-number";
    public const string OneOff = "com.docker.compose.oneoff";
    public const string ConfigFiles = "com.docker.compose.project.config_files";
    public const string WorkingDirectory = "com.docker.compose.project.working_dir";
    public const string EnvironmentFile = "com.docker.compose.project.environment_file";
}
