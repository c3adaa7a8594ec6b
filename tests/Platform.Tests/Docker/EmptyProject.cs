namespace FieldMedic.Platform.Tests.Docker;

/// <summary>A project whose tests make their own containers.</summary>
public sealed class EmptyProject : ThrowawayProject
{
    protected override Task CreateAsync() => Task.CompletedTask;
}
