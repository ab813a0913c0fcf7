using FlowGen.Executing;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class RunVerb : Verb
{
    public override string Name => "run";
    public override string Summary => "Runs a flow.";
    public override bool NeedsFlow => true;
    public override bool TakesParameters => true;
    public override string Remarks =>
        "A parameter that is not given comes from its variable (--test-share from FLOWGEN_PARAM_TEST_SHARE), else from\n" +
        "the file of --params (testShare), else from its default.\n" +
        "Exit codes: 0 success, 1 the run failed, 2 bad usage, 3 not found, 4 store unusable, 130 interrupted.";

    public override IReadOnlyList<OptionSpec> Options => [OptionSpec.Params, OptionSpec.Store, .. Running, .. EngineOptions.Sending];

    /// <summary>Options of everything that runs a flow.</summary>
    public static IReadOnlyList<OptionSpec> Running { get; } =
    [
        new("--tag", "TAG", "A tag for the run; may be given several times.") { IsRepeatable = true },
        .. BranchOptions.All,
        new("--max-parallel", "N", "Tasks at the same time.") { Default = "one per core" },
        new(PolicyOptions.Option, "STEP:POLICY=VALUE", "Changes policies for this run: fit:retry=3,memory=8Gi, or *:timeout=1h for all steps. The name of an engine: its jobs run the steps, driven from here.") { IsRepeatable = true },
        new("--isolate", null, "Each attempt has a process of its own: as --with *:isolated=true."),
        new("--flow-cpus", "N", "Cores that steps with [Resources] may use together.") { Default = "all of the machine" },
        new("--flow-memory", "AMOUNT", "Memory that they may use together, such as 16Gi.") { Default = "all of the machine" },
        new("--cache", null, "Takes results of all steps from other runs, and gives them theirs, as if each had [Cache]."),
        new("--fail-fast", null, "Start nothing new after the first failure."),
        OptionSpec.StoreTimeout,
        new("--quiet", null, "Write nothing but the id of the run."),
    ];

    public override Task<int> ExecuteAsync(VerbCall call) => RunExecution.ExecuteAsync(call, new RunRequest
    {
        Flow = call.Flow!,
        Store = ObjectStores.Open(call.StorePlace),
        Parameters = call.Parameters,
    });
}
