using FieldMedic.Platform.Guards;

namespace FieldMedic.Platform.Tests.Guards;

public sealed class CronTableTests
{
    [Theory]
    [InlineData("/etc/cron.d/x", "*/5 * * * * root /usr/bin/fieldmedic watch --once", "*/5 * * * *", "/usr/bin/fieldmedic watch --once")]
    [InlineData("/etc/crontab", "@daily root run this", "@daily", "run this")]
    [InlineData("/var/spool/cron/crontabs/root", "0 3 * * 1-5 a b", "0 3 * * 1-5", "a b")]
    public void Read_Job_IsFound(string file, string line, string schedule, string command)
    {
        var job = CronTable.Read(file, ["# comment", "", "SHELL=/bin/sh", line]).ShouldHaveSingleItem();

        (job.Where, job.Schedule, job.Command).ShouldBe((file, schedule, command));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("* * *")]
    [InlineData("PATH=/bin a b c d e f")]
    [InlineData("@reboot")]
    public void Read_NoJob_IsNothing(string line) => CronTable.Read("/etc/crontab", [line]).ShouldBeEmpty();
}
