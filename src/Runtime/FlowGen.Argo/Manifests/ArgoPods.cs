using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FlowGen.Argo.Turns;
using FlowGen.CommandLine;
using FlowGen.Engines;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Starting;
using FlowGen.Kubernetes;

namespace FlowGen.Argo.Manifests;

/// <summary>The pods that decide: what they are asked for, and what they hand on.</summary>
internal sealed class ArgoPods(ManifestRequest request)
{
    private readonly KubernetesSettings _settings = KubernetesSettings.Read(request.Settings);

    public string Flow => request.Flow.Name;

    public string Store => request.Store;

    /// <summary>The environment variables with the secrets of the flow.</summary>
    public ImmutableArray<string> Secrets { get; } = SliceJob.SecretVariables(request.Flow);

    public JsonObject Of(string name, JobRequest job) => PodPart.Of(name, job, _settings, request.Settings["command"]);

    /// <summary>Registers the run.</summary>
    public JsonObject Begin()
    {
        var template = Turn(TemplateNames.Begin, [ArgoWork.Begin, Flow], [.. request.Options]);
        var variables = template["container"]!["env"]!.AsArray();
        foreach (var parameter in request.Flow.Parameters)
        {
            if (parameter.IsSecret || parameter.FromSchedule) continue;
            variables.Add((JsonNode)new JsonObject { ["name"] = CommandLineNames.VariableOf(parameter), ["value"] = StepTemplates.Ref("workflow.parameters." + WorkflowArguments.NameOf(parameter)) });
        }

        variables.Add((JsonNode)new JsonObject { ["name"] = ScheduledTime.Variable, ["value"] = StepTemplates.Ref("workflow.creationTimestamp") });
        return template;
    }

    /// <summary>Decides what of a step is to be done.</summary>
    /// <param name="name">Name of the template.</param>
    /// <param name="jobs">The lists that it makes; <c>default</c> for the one list of an ordinary step.</param>
    public JsonObject Plan(string name, ImmutableArray<JobPlan> jobs = default)
    {
        var template = Turn(name, [ArgoWork.Plan, Flow, StepTemplates.Ref("inputs.parameters.step")],
            ["--out", TurnOutputs.Folder, "--max-jobs", request.Settings["max-jobs"] ?? "64", "--slice-seconds", request.Settings["slice-seconds"] ?? "30"]);
        template["inputs"] = new JsonObject { ["parameters"] = new JsonArray(StepTemplates.Input("step")) };
        template["outputs"] = new JsonObject
        {
            ["parameters"] = new JsonArray([
                Output(TurnOutputs.Run, TurnOutputs.Run), Output(TurnOutputs.More, TurnOutputs.More), Output(TurnOutputs.Pause, TurnOutputs.Pause),
                .. jobs.IsDefault ? [Output("slices", TurnOutputs.Slices)] : jobs.Select(static job => Output(job.Output, TurnOutputs.SlicesOf(job.Path))),
            ]),
        };
        return template;
    }

    /// <summary>Ends the run, and says how it ended.</summary>
    public JsonObject Finish() => Turn(TemplateNames.Finish, [ArgoWork.Finish, Flow], []);

    /// <summary>Closes a run that its workflow has left.</summary>
    public JsonObject Close() => Turn(TemplateNames.Close, [ArgoWork.Close, Flow], ["--status", StepTemplates.Ref("workflow.status")]);

    private JsonObject Turn(string name, string[] words, string[] options)
    {
        var template = Of(name, new JobRequest
        {
            Name = name,
            Run = "",
            Flow = Flow,
            IsDriver = true,
            Arguments = ["worker", "argo", .. words, "--workflow", StepTemplates.Ref("workflow.uid"), "--created", StepTemplates.Ref("workflow.creationTimestamp"), "--store", Store, .. options],
            Secrets = Secrets,
        });
        template["retryStrategy"] = Retries.Turns();
        return template;
    }

    private static JsonObject Output(string name, string file) => new() { ["name"] = name, ["valueFrom"] = new JsonObject { ["path"] = TurnOutputs.Folder + "/" + file } };
}
