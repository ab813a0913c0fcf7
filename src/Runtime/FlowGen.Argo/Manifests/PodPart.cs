using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Argo.Manifests;

/// <summary>A pod as a template of Argo: the pod that a job of Kubernetes would have, field by field where Argo has the field, and the rest as a patch.</summary>
internal static class PodPart
{
    /// <summary>What Argo calls the container that does the work.</summary>
    public const string Main = "main";

    /// <summary>Fields of a pod that are fields of a template.</summary>
    private static readonly string[] Fields = ["activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "hostAliases", "initContainers", "nodeSelector", "priorityClassName", "schedulerName", "securityContext", "tolerations", "volumes"];

    /// <summary>Fields that are the workflow's: pods are never started again by their machine, and who they are is said once. The others are Argo's default, or nothing that it would say of a pod.</summary>
    private static readonly string[] Dropped = ["restartPolicy", "serviceAccountName", "imagePullSecrets", "terminationGracePeriodSeconds", "enableServiceLinks"];

    /// <param name="name">Name of the template.</param>
    /// <param name="job">What the pod is asked for.</param>
    /// <param name="settings">What is set for pods.</param>
    /// <param name="command">The program in the image; <c>null</c> for its entry point.</param>
    public static JsonObject Of(string name, JobRequest job, KubernetesSettings settings, string? command)
    {
        var pod = PodTemplate.Of(job, settings, new JsonObject { ["flowgen.dev/flow"] = job.Flow });
        var spec = (JsonObject)pod["spec"]!;
        // Argo's own container in the pod needs a token.
        if (settings.Pod?["spec"]?["automountServiceAccountToken"] is null) spec.Remove("automountServiceAccountToken");
        var template = new JsonObject { ["name"] = name, ["metadata"] = pod["metadata"]!.DeepClone() };
        var (patch, sidecars) = (new JsonObject(), new JsonArray());
        JsonObject? main = null;
        foreach (var container in spec["containers"]!.AsArray())
        {
            if (container!["name"]!.GetValue<string>() == PodTemplate.Container) main = (JsonObject)container.DeepClone();
            else sidecars.Add(container.DeepClone());
        }

        if (main is null) throw ArgoErrors.Impossible($"The file of the setting pod removes the container '{PodTemplate.Container}', which is the program's. Leave it there.");
        main.Remove("name");
        if (command is not null && main["command"] is null) main["command"] = new JsonArray(command);
        foreach (var (field, value) in spec)
        {
            if (field == "containers" || Dropped.Contains(field) && settings.Pod?["spec"]?[field] is null) continue;
            if (Fields.Contains(field)) template[field] = value?.DeepClone();
            else patch[field] = value?.DeepClone();
        }

        template["container"] = main;
        if (sidecars.Count > 0) template["sidecars"] = sidecars;
        if (patch.Count > 0) template["podSpecPatch"] = patch.ToJsonString();
        return template;
    }
}
