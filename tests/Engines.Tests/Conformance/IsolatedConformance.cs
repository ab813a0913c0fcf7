namespace Engines.Tests.Conformance;

/// <summary>This machine, with a process for each attempt.</summary>
public sealed class IsolatedConformance : LocalConformance
{
    protected override IReadOnlyList<string> Options => [.. base.Options, "--isolate"];

    /// <summary>Each starts a program that compiles itself first.</summary>
    protected override int WideTasks => 40;
}
