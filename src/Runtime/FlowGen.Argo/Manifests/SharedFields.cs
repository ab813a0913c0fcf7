using System.Text.Json.Nodes;

namespace FlowGen.Argo.Manifests;

/// <summary>What all pods of a workflow have in common is said once, in the workflow, of which each template gets it: a manifest stays small and can be read.</summary>
internal static class SharedFields
{
    /// <summary>Fields of templates, and what they are called in the workflow.</summary>
    private static readonly (string Template, string Workflow)[] Fields =
        [("affinity", "affinity"), ("automountServiceAccountToken", "automountServiceAccountToken"), ("hostAliases", "hostAliases"), ("metadata", "podMetadata"), ("nodeSelector", "nodeSelector"), ("schedulerName", "schedulerName"), ("securityContext", "securityContext"), ("tolerations", "tolerations")];

    /// <param name="spec">The workflow.</param>
    /// <param name="templates">Its templates.</param>
    public static void Lift(JsonObject spec, JsonArray templates)
    {
        var pods = templates.Select(static template => (JsonObject)template!).Where(static template => template["container"] is not null).ToList();
        foreach (var (field, name) in Fields)
        {
            if (pods[0][field] is not { } shared || !pods.TrueForAll(pod => JsonNode.DeepEquals(pod[field], shared))) continue;
            spec[name] = shared.DeepClone();
            foreach (var pod in pods) pod.Remove(field);
        }
    }
}
