using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Argo.Turns;
using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Executing.Policies;
using FlowGen.Executing.Remote;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace FlowGen.Argo.Manifests;

/// <summary>
/// The templates of a step: rounds of a plan, the pods of its slices, and another round as long as the plan has found something to do. What is repeated in it (retries, iterations of a loop, steps of a
/// sub-flow, more tasks than one list holds) is the next round; a step that is skipped ends with its first plan.
/// </summary>
internal sealed class StepTemplates(ArgoPods pods)
{
    private const string Planned = "steps.plan.outputs.parameters.";

    /// <summary>All of a step.</summary>
    public IEnumerable<JsonObject> Of(StepPlan plan)
    {
        yield return Rounds(plan);
        // The plan of a sub-flow has a list for each of its steps.
        if (plan.Jobs is not [_]) yield return pods.Plan(PlanOf(plan), plan.Jobs);
        foreach (var job in plan.Jobs) yield return Run(job);
    }

    private static string PlanOf(StepPlan plan) => plan.Jobs is [_] ? TemplateNames.Plan : plan.Template + "-" + TemplateNames.Plan;

    private static JsonObject Rounds(StepPlan plan)
    {
        var template = new JsonObject { ["name"] = plan.Template };
        if (plan.Step.Description is { } text) template["annotations"] = new JsonObject { ["workflows.argoproj.io/description"] = text };
        // Each pod works on one task at a time.
        if (plan.Step.MaxParallel > 0) template["parallelism"] = plan.Step.MaxParallel;
        template["steps"] = new JsonArray(
            new JsonArray(new JsonObject { ["name"] = "plan", ["template"] = PlanOf(plan), ["arguments"] = Arguments(("step", plan.Step.Name)) }),
            new JsonArray([.. plan.Jobs.Select(Slices)]),
            new JsonArray(new JsonObject { ["name"] = "pause", ["template"] = TemplateNames.Pause, ["when"] = When(TurnOutputs.Pause), ["arguments"] = Arguments(("seconds", Ref(Planned + TurnOutputs.Pause))) }),
            new JsonArray(new JsonObject { ["name"] = "again", ["template"] = plan.Template, ["when"] = When(TurnOutputs.More) }));
        return template;
    }

    private static JsonObject Slices(JobPlan job) => new()
    {
        ["name"] = job.Template,
        ["template"] = job.Template,
        ["arguments"] = Arguments([
            ("run", Ref(Planned + TurnOutputs.Run)), ("slice", Ref("item." + SliceItem.Slice)),
            .. job.HasMemory ? [("memory", Ref("item." + SliceItem.Memory))] : Array.Empty<(string, string)>(),
            .. job.HasLimit ? [("seconds", Ref("item." + SliceItem.Seconds))] : Array.Empty<(string, string)>(),
        ]),
        ["withParam"] = Ref(Planned + job.Output),
        // What was lost for good is the next plan's to tell: it knows what the run makes of it.
        ["continueOn"] = new JsonObject { ["failed"] = true, ["error"] = true },
    };

    /// <summary>The pod of a slice.</summary>
    private JsonObject Run(JobPlan job)
    {
        var template = pods.Of(job.Template, new JobRequest
        {
            Name = job.Template,
            Run = "",
            Flow = pods.Flow,
            Arguments = ["worker", SliceWorker.Verb, Ref("inputs.parameters.run"), Ref("inputs.parameters.slice"), "--store", pods.Store],
            Resources = job.Step.Resources ?? new ResourceDefinition(),
            Environment = job.Step.Environment,
            Secrets = job.IsInside ? [] : pods.Secrets,
        });
        // For people who look at the workflow: these policies are FlowGen's to keep.
        if (PolicyTable.Of(job.Step) is { IsEmpty: false } policies) template["annotations"] = new JsonObject(policies.Select(static policy => KeyValuePair.Create("flowgen.dev/" + policy.Key, (JsonNode?)policy.Value)));
        var inputs = new JsonArray(Input("run"), Input("slice"));
        if (job.HasMemory)
        {
            inputs.Add((JsonNode)Input("memory"));
            var patch = template["podSpecPatch"] is { } given ? (JsonObject)JsonNode.Parse(given.GetValue<string>())! : [];
            var memory = Ref("inputs.parameters.memory");
            patch["containers"] = new JsonArray(new JsonObject { ["name"] = PodPart.Main, ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["memory"] = memory }, ["limits"] = new JsonObject { ["memory"] = memory } } });
            template["podSpecPatch"] = patch.ToJsonString();
        }

        if (job.HasLimit)
        {
            inputs.Add((JsonNode)Input("seconds"));
            template["activeDeadlineSeconds"] = Ref("inputs.parameters.seconds");
        }

        template["inputs"] = new JsonObject { ["parameters"] = inputs };
        template["retryStrategy"] = Retries.Slices(job.HasMemory);
        return template;
    }

    internal static JsonObject Input(string name) => new() { ["name"] = name };

    internal static JsonObject Arguments(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var parameters = new JsonArray();
        foreach (var (name, value) in values) parameters.Add((JsonNode)new JsonObject { ["name"] = name, ["value"] = value });
        return new JsonObject { ["parameters"] = parameters };
    }

    internal static string Ref(string variable) => "{{" + variable + "}}";

    private static string When(string output) => string.Create(CultureInfo.InvariantCulture, $"{Ref(Planned + output)} != 0");
}
