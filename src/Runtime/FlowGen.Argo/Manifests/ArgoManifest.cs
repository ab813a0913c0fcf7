using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Argo.Manifests;

/// <summary>A flow as a WorkflowTemplate, and a CronWorkflow for each time zone of its schedules. Grows with the steps of the flow and never with its tasks.</summary>
internal static class ArgoManifest
{
    private const string Version = "argoproj.io/v1alpha1";

    /// <summary>Half of what a cluster stores as one object; a workflow holds a copy of its template and what became of each node beside it.</summary>
    private const int MostBytes = 750 * 1024;

    /// <summary>Argo nests templates a hundred deep, and each round of a step is in the one before; some are left for retries.</summary>
    private const int MostRounds = 80;

    /// <exception cref="FlowException">FG1380: the flow cannot be a workflow. FG1381: it would be too large. FG1364: a secret has no place.</exception>
    public static string Write(ManifestRequest request)
    {
        Check(request);
        var name = request.Settings["name"] ?? request.Flow.Name;
        var template = new JsonObject { ["apiVersion"] = Version, ["kind"] = "WorkflowTemplate", ["metadata"] = Metadata(request, name), ["spec"] = Spec(request) };
        if (Encoding.UTF8.GetByteCount(template.ToJsonString()) is var bytes && bytes > MostBytes)
            throw new FlowException(ArgoErrors.TooLarge, $"The workflow of {request.Flow.Name} would have {bytes / 1024} KiB, and no more than {MostBytes / 1024} KiB are safe in a cluster. Make flows of parts of it, mark small steps [Inline], or take what all pods have out of the file of the setting pod.", 2);
        return YamlWriter.Write([template, .. Schedules(request, name)]);
    }

    private static JsonObject Spec(ManifestRequest request)
    {
        var (names, pods) = (new TemplateNames(), new ArgoPods(request));
        var parts = StepPlan.Of(request.Flow, names);
        var steps = new StepTemplates(pods);
        var spec = new JsonObject { ["entrypoint"] = TemplateNames.Flow, ["onExit"] = TemplateNames.Close };
        if (WorkflowArguments.Of(request.Flow, request.Given) is { Count: > 0 } arguments) spec["arguments"] = new JsonObject { ["parameters"] = arguments };
        if (request.Settings["service-account"] is { } account) spec["serviceAccountName"] = account;
        if (request.Settings["image-pull-secrets"] is { } secrets) spec["imagePullSecrets"] = new JsonArray([.. secrets.Split(',').Select(static secret => (JsonNode)new JsonObject { ["name"] = secret })]);
        if (request.MaxParallel > 0) spec["parallelism"] = request.MaxParallel;
        var templates = new JsonArray(Graph(parts), pods.Begin());
        if (parts.Any(static part => part.Jobs is [_])) templates.Add((JsonNode)pods.Plan(TemplateNames.Plan));
        foreach (var template in parts.SelectMany(steps.Of)) templates.Add((JsonNode)template);
        templates.Add((JsonNode)new JsonObject { ["name"] = TemplateNames.Pause, ["inputs"] = new JsonObject { ["parameters"] = new JsonArray(StepTemplates.Input("seconds")) }, ["suspend"] = new JsonObject { ["duration"] = StepTemplates.Ref("inputs.parameters.seconds") } });
        templates.Add((JsonNode)pods.Finish());
        templates.Add((JsonNode)pods.Close());
        SharedFields.Lift(spec, templates);
        spec["templates"] = templates;
        return spec;
    }

    private static JsonObject Graph(ImmutableArray<StepPlan> parts)
    {
        var tasks = new JsonArray(new JsonObject { ["name"] = TemplateNames.Begin, ["template"] = TemplateNames.Begin });
        foreach (var part in parts) tasks.Add((JsonNode)Task(part.Template, part.Needs));
        // What everything else waits for has ended by itself.
        var needed = parts.SelectMany(static part => part.Needs).ToHashSet(StringComparer.Ordinal);
        tasks.Add((JsonNode)Task(TemplateNames.Finish, [.. parts.Select(static part => part.Template).Where(template => !needed.Contains(template))]));
        return new JsonObject { ["name"] = TemplateNames.Flow, ["dag"] = new JsonObject { ["tasks"] = tasks } };
    }

    private static JsonObject Task(string name, ImmutableArray<string> needs) =>
        new() { ["name"] = name, ["template"] = name, ["depends"] = needs.IsEmpty ? TemplateNames.Begin : string.Join(" && ", needs) };

    private static IEnumerable<JsonObject> Schedules(ManifestRequest request, string name)
    {
        var zones = request.Flow.Schedules.GroupBy(static schedule => ZoneOf(schedule.TimeZone)).ToList();
        for (var z = 0; z < zones.Count; z++)
        {
            yield return new JsonObject
            {
                ["apiVersion"] = Version,
                ["kind"] = "CronWorkflow",
                ["metadata"] = Metadata(request, z == 0 ? name : $"{name}-{z + 1}"),
                ["spec"] = new JsonObject
                {
                    ["schedules"] = new JsonArray([.. zones[z].Select(static schedule => (JsonNode)schedule.Cron)]),
                    ["timezone"] = zones[z].Key,
                    ["concurrencyPolicy"] = "Allow",
                    ["workflowSpec"] = new JsonObject { ["workflowTemplateRef"] = new JsonObject { ["name"] = name } },
                },
            };
        }
    }

    /// <summary>Clusters know the names of IANA only.</summary>
    private static string ZoneOf(string name) => TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? iana : name;

    private static JsonObject Metadata(ManifestRequest request, string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (request.Settings["namespace"] is { } space) metadata["namespace"] = space;
        metadata["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "flowgen", ["flowgen.dev/flow"] = request.Flow.Name.Length <= 63 ? request.Flow.Name : request.Flow.Name[..63].TrimEnd('-') };
        if (request.Flow.Description is { } text) metadata["annotations"] = new JsonObject { ["workflows.argoproj.io/description"] = text };
        return metadata;
    }

    private static void Check(ManifestRequest request)
    {
        foreach (var step in request.Flow.Steps)
            if (StepPlan.Rounds(step) is var rounds && rounds > MostRounds)
                throw ArgoErrors.Impossible($"Step '{step.Name}' can need {rounds} rounds, each in the one before, and Argo nests no more than 100 templates (here {MostRounds} rounds). Mark it [Inline], which repeats it in one pod, or lower Max of its [Loop].");
        foreach (var schedule in request.Flow.Schedules)
            if (schedule.Cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 5)
                throw ArgoErrors.Impossible($"The schedule '{schedule.Cron}' counts seconds, which Argo does not. Write it with five fields.");
        foreach (var parameter in request.Flow.Parameters)
            if (WorkflowArguments.NameOf(parameter).Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
                throw ArgoErrors.Impossible($"Parameter {parameter.Name}: names of arguments of a workflow are letters of ASCII, digits and hyphens. Rename the property {parameter.Property}.");
        // Argo would take what stands there for a variable of its own.
        foreach (var (what, text) in request.Options.Append(request.Store).Select(static text => ("An option", text)).Concat(request.Flow.Steps.SelectMany(static step => step.Environment.Select(pair => ($"[Environment] of step '{step.Name}'", pair.Value)))))
            if (text.Contains("{{", StringComparison.Ordinal)) throw ArgoErrors.Impossible($"{what} has the text '{text}', in which Argo would look for its own variables. Write it without two braces one after the other.");
        if (!request.Store.Contains("://", StringComparison.Ordinal)) request.Note($"The store is the folder {request.Store}: every pod has to see it there, by a volume in the file of the setting pod.");
    }
}
