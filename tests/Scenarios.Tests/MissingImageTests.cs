using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>The image of the job containers is gone, and with it what held it.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class MissingImageTests(Patient patient)
{
    private string Image => $"{patient.Project}-qgis:latest";

    [Fact]
    public async Task Support_ArchiveIsThere_LoadsItAndHoldsItAgain()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var folder = Directory.CreateTempSubdirectory("fieldmedic-images-").FullName;
        var id = await Child.MustAsync("docker", "image", "inspect", "--format", "{{.Id}}", Image);
        await Child.MustAsync("docker", "save", "--output", Path.Combine(folder, "qgis.tar"), Image);
        await Child.MustAsync("docker", "save", "--output", Path.Combine(folder, "newer-but-more.tar"), Image, $"{patient.Project}-app:latest");
        try
        {
            await patient.HurtAsync("rm", patient.Container("qgis"));
            await patient.HurtAsync("rmi", Image);
            desk.Environment["FIELDMEDIC_IMAGE_FOLDER"] = folder;
            var issue = desk.Issue("Job image not found", "Packaging fails: docker.errors.ImageNotFound, No such image");

            var run = await desk.SupportAsync(issue);

            desk.ShouldBeClosedAsResolved(issue, run);
            run.Findings[0].ShouldBe("missing_image");
            run.Actions.ShouldBe([$"load_image {patient.Project}-qgis", $"hold_image {patient.Project}-qgis"]);
            (await Child.MustAsync("docker", "image", "inspect", "--format", "{{.Id}}", Image)).ShouldBe(id);
            (await Child.MustAsync("docker", "inspect", "--format", "{{.State.Status}} {{.Image}}", patient.Container("qgis"))).Trim().ShouldBe($"created {id.Trim()}");
            await patient.InsertJobsAsync(1);
        }
        finally
        {
            await Child.RunAsync("docker", "load", "--quiet", "--input", Path.Combine(folder, "qgis.tar"));
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Support_NoArchive_BuildsItThroughCompose()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        await patient.HurtAsync("rm", patient.Container("qgis"));
        await patient.HurtAsync("rmi", Image);
        var issue = desk.Issue("Job image not found", "Packaging fails: docker.errors.ImageNotFound, No such image");

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Actions.ShouldBe([$"build_image {patient.Project}-qgis", $"hold_image {patient.Project}-qgis"]);
    }
}
