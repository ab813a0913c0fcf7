using FlowGen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Generator.Tests.Support;

/// <summary>The context of a step that is called by a test.</summary>
internal sealed class FakeContext(string step) : StepContext
{
    public override string RunId => "test/1";
    public override string Flow => "test";
    public override string Step => step;
    public override string TaskName => step;
    public override IReadOnlyList<int> Index => [];
    public override int Attempt => 1;
    public override string IdempotencyKey => step;
    public override IReadOnlyList<string> Tags => [];
    public override ILogger Logger => NullLogger.Instance;
    public override string TempDirectory => Path.GetTempPath();
    public override void Progress(double fraction, string? message = null) { }
    public override Task Committed() => Task.CompletedTask;
}
