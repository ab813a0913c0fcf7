namespace FlowGen.Build;

/// <summary>Which kind of worker is built, for what, and why.</summary>
/// <param name="Kind"><c>aot</c>, <c>static</c> (native, without any library of the system) or <c>r2r</c>.</param>
/// <param name="Runtime">The runtime identifier.</param>
/// <param name="Reason">Why that kind: the end of a sentence.</param>
public sealed record WorkerChoice(string Kind, string Runtime, string Reason)
{
    /// <summary>The kind in words.</summary>
    public string Description => Kind switch { "aot" => "native", "static" => "native and static", _ => "ReadyToRun" };

    /// <summary>Chooses.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="packages">What the program is made of.</param>
    /// <param name="rules">What cannot be compiled to native code.</param>
    /// <exception cref="BuildException">What is asked cannot be had.</exception>
    public static WorkerChoice Of(WorkerRequest request, IReadOnlyList<ResolvedPackage> packages, NativeRules rules)
    {
        var runtime = request.Runtime.Length > 0 ? request.Runtime.ToLowerInvariant() : request.IsForImage || !Is(request.Engine, "local") ? "linux-x64" : request.HostRuntime;
        if (Is(request.Worker, "r2r")) return RequireNotStatic(request, new("r2r", runtime, "FlowWorker is r2r"));

        var culprit = packages.Select(package => (package, Reason: rules.ReasonAgainst(package.Name))).FirstOrDefault(found => found.Reason is not null);
        if (Is(request.Worker, "aot"))
        {
            if (SystemOf(runtime) != SystemOf(request.HostRuntime))
                throw new BuildException("FG0904", $"a native worker for {runtime} cannot be built on {request.HostRuntime}: native code is not compiled for other operating systems; build on {SystemOf(runtime)}, or take FlowWorker=r2r");
            if (culprit.Reason is { } reason)
                throw new BuildException("FG0905", $"{culprit.package.Name} {culprit.package.Version} rules a native worker out, since {reason}; take FlowWorker=auto or r2r{HowCome(culprit.package, packages)}");
            return Native(request, runtime, packages, "FlowWorker is aot");
        }

        if (culprit.Reason is { } why) return RequireNotStatic(request, new("r2r", runtime, $"{culprit.package.Name} {culprit.package.Version} rules native code out: {why}"));
        if (runtime != request.HostRuntime)
        {
            var differs = SystemOf(runtime) != SystemOf(request.HostRuntime) ? "native code is not compiled for other operating systems" : "native code for another processor needs a cross compiler, which FlowWorker=aot would use";
            return RequireNotStatic(request, new("r2r", runtime, $"this machine is {request.HostRuntime}: {differs}"));
        }

        return Native(request, runtime, packages, "nothing in it rules that out");
    }

    private static WorkerChoice Native(WorkerRequest request, string runtime, IReadOnlyList<ResolvedPackage> packages, string reason)
    {
        var library = packages.FirstOrDefault(package => package.HasNativeCodeFor(runtime));
        var obstacle = !runtime.StartsWith("linux", StringComparison.Ordinal) ? "only Linux has static executables"
            : library is not null ? $"{library.Name} {library.Version} brings native libraries, which are loaded while it runs"
            : request.IsInvariant ? null : "the project wants culture data (InvariantGlobalization is false), which are loaded while it runs";
        if (Is(request.Static, "true")) return obstacle is null ? new("static", runtime, $"{reason}, and FlowStatic is true") : throw new BuildException("FG0906", $"a static worker cannot be built: {obstacle}; leave FlowStatic out, or say false");
        if (!request.IsForImage || Is(request.Static, "false")) return new("aot", runtime, reason);
        return obstacle is null ? new("static", runtime, $"{reason}, and the image needs nothing else then") : new("aot", runtime, $"{reason}; not static, since {obstacle}");
    }

    private static WorkerChoice RequireNotStatic(WorkerRequest request, WorkerChoice choice) => !Is(request.Static, "true") ? choice
        : throw new BuildException("FG0906", $"a static worker is native, and this one is not: {choice.Reason}; leave FlowStatic out");

    /// <summary>Which package of the project brings another one along.</summary>
    private static string HowCome(ResolvedPackage package, IReadOnlyList<ResolvedPackage> packages) =>
        packages.FirstOrDefault(other => other.Dependencies.Contains(package.Name, StringComparer.OrdinalIgnoreCase)) is { } parent ? $" ({parent.Name} needs it)" : "";

    private static string SystemOf(string runtime) => runtime.Split('-')[0];

    private static bool Is(string value, string choice) => value.Equals(choice, StringComparison.OrdinalIgnoreCase);
}
