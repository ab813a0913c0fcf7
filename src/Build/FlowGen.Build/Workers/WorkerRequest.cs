namespace FlowGen.Build;

/// <summary>What is asked of a worker.</summary>
/// <param name="Worker"><c>auto</c>, <c>aot</c> or <c>r2r</c>.</param>
/// <param name="Static"><c>auto</c>, <c>true</c> or <c>false</c>: an executable that needs no library of the system. Automatically so for images.</param>
/// <param name="IsForImage">Whether it goes into an image.</param>
/// <param name="Runtime">The runtime to build for; empty: decided here.</param>
/// <param name="Engine">The engine, which tells what to build for when nothing else does.</param>
/// <param name="HostRuntime">The runtime of this machine.</param>
/// <param name="IsInvariant">Whether the project does without culture data: <c>false</c> only if it says that it needs them.</param>
public sealed record WorkerRequest(string Worker, string Static, bool IsForImage, string Runtime, string Engine, string HostRuntime, bool IsInvariant = true);
