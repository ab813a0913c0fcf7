using FlowGen.CompilerServices;
using FlowGen.Storage;

[assembly: FlowPlugin(typeof(FlowGen.S3.S3Plugin))]

namespace FlowGen.S3;

/// <summary>Opens stores in S3. Generated code registers it in every program that references this package; nobody else needs it.</summary>
public sealed class S3Plugin : FlowPlugin
{
    internal override string? StoreScheme => "s3";

    internal override IObjectStore OpenStore(string location) => new S3Store(S3Location.Parse(location, Environment.GetEnvironmentVariable));
}
