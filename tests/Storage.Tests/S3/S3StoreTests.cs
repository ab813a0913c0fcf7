using FlowGen.Storage;

namespace Storage.Tests.S3;

/// <summary>The conformance suite against a real server.</summary>
public sealed class S3StoreTests : ObjectStoreConformance
{
    private readonly string _store = S3Server.NewStore();

    private protected override IObjectStore Store => field ??= S3Server.Open(_store);

    private protected override IObjectStore Another() => S3Server.Open(_store);
}
