using Shouldly;
using Xunit;

namespace FieldMedic.Bench.Tests.Faults;

public sealed class DeedsTests
{
    [Fact]
    public void Of_Start_IsOneDeed() => Make.Deeds("network nginx-1 connect", "container nginx-1 start").ShouldBe(["start nginx-1"]);

    [Fact]
    public void Of_Restart_IsOneDeed()
        => Make.Deeds("container app-1 kill", "container app-1 die", "network app-1 disconnect", "container app-1 stop", "network app-1 connect", "container app-1 start", "container app-1 restart").ShouldBe(["restart app-1"]);

    [Fact]
    public void Of_StartByTheRestartPolicy_IsNobodysDeed()
        => Make.Deeds("container app-1 die", "network app-1 disconnect", "network app-1 connect", "container app-1 start").ShouldBeEmpty();

    [Fact]
    public void Of_StartByThePolicyOfWhatDiedBefore_IsNobodysDeed() => Make.DeedsAfter(1, "container app-1 die", "container app-1 start").ShouldBeEmpty();

    [Fact]
    public void Of_WhatTheFaultDid_IsNobodysDeed() => Make.DeedsAfter(3, "container db-1 kill", "container db-1 die", "container db-1 stop", "container db-1 start").ShouldBe(["start db-1"]);

    [Fact]
    public void Of_Stop_IsOneDeed() => Make.Deeds("container db-1 kill", "container db-1 die", "network db-1 disconnect", "container db-1 stop").ShouldBe(["stop db-1"]);

    [Fact]
    public void Of_Reattach_IsSeen() => Make.Deeds("network db-1 disconnect", "network db-1 connect").ShouldBe(["disconnect network db-1", "connect network db-1"]);

    [Fact]
    public void Of_VolumeDestroyed_IsSeen() => Make.Deeds("volume qfc_postgres_data destroy").ShouldBe(["destroy volume qfc_postgres_data"]);

    [Fact]
    public void Of_ImageDeleted_IsSeen() => Make.Deeds("image sha256:1 delete").ShouldBe(["delete image sha256:1"]);

    [Fact]
    public void Of_LookingInside_IsNoDeed() => Make.Deeds("container db-1 exec_create: psql -c SELECT", "volume qfc_postgres_data mount").ShouldBeEmpty();

    [Fact]
    public void Of_ReloadOfNginx_IsADeed() => Make.Deeds("container nginx-1 exec_create: nginx -s reload").ShouldBe(["exec nginx-1: nginx -s reload"]);
}
