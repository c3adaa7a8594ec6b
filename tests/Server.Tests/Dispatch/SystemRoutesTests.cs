using FieldMedic.Inbox;
using FieldMedic.Server.Dispatch;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Dispatch;

public sealed class SystemRoutesTests
{
    private readonly CollectingHandler _maps = new();
    private readonly CollectingHandler _mail = new();
    private readonly SystemRoutes _routes;

    public SystemRoutesTests() => _routes = new SystemRoutes([new("maps", "acme/Maps", _maps, new()), new("mail", "acme/mail", _mail, new())]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_OfOneRepository_GoesToItsSystemAlone()
    {
        await _routes.AcknowledgeAsync(From("Acme/maps"), Token);

        (await _routes.HandleAsync(From("Acme/maps"), Token)).ShouldBe(new Handling.Finished("done"));
        (_maps.Acknowledged.Count, _maps.Handled.Count, _mail.Acknowledged.Count, _mail.Handled.Count).ShouldBe((1, 1, 0, 0));
    }

    [Theory]
    [InlineData("acme/gone")]
    [InlineData("acme/maps-and-more")]
    [InlineData(null)]
    public async Task Handle_OfNoSystem_IsFinishedWithThatWord(string? repository)
    {
        await _routes.AcknowledgeAsync(From(repository), Token);

        (await _routes.HandleAsync(From(repository), Token)).ShouldBe(new Handling.Finished("no_system"));
        (_maps.Acknowledged.Count + _maps.Handled.Count + _mail.Acknowledged.Count + _mail.Handled.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData(DeliveryKind.Ping)]
    [InlineData(DeliveryKind.Installation)]
    public async Task Handle_OfNoRepository_IsNoted(DeliveryKind kind)
        => (await _routes.HandleAsync(From(null, kind), Token)).ShouldBe(new Handling.Finished("noted"));

    private static Delivery From(string? repository, DeliveryKind kind = DeliveryKind.IssueOpened)
        => new("d", kind, repository, 1, null, null, DateTimeOffset.UnixEpoch);
}
