using FlowGen.Storage;

namespace Storage.Tests.S3;

/// <summary>The conformance suite against a real server.</summary>
public sealed class S3StoreTests : ObjectStoreConformance
{
    private protected override IObjectStore Store { get; } = S3Server.Open(S3Server.NewStore());
}
