using System.Text.Json.Nodes;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>The least that a driver must be allowed to do, as manifests for <c>kubectl apply</c>.</summary>
internal static class RoleManifest
{
    public static string Of(KubernetesSettings settings, string space)
    {
        var account = settings.DriverAccount;
        return YamlWriter.Write(
            Named("v1", "ServiceAccount", account, space),
            With(Named("rbac.authorization.k8s.io/v1", "Role", account, space), "rules", new JsonArray(
                Rule("batch", ["jobs"], ["create", "delete", "get", "list", "watch"]),
                Rule("", ["pods"], ["get", "list", "watch"]),
                Rule("", ["pods/log"], ["get"]))),
            With(With(Named("rbac.authorization.k8s.io/v1", "RoleBinding", account, space),
                "roleRef", new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = account }),
                "subjects", new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = space })));
    }

    private static JsonObject Named(string version, string kind, string name, string space)
    {
        return new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space } };
    }

    private static JsonObject With(JsonObject manifest, string field, JsonNode value)
    {
        manifest[field] = value;
        return manifest;
    }

    private static JsonObject Rule(string group, string[] resources, string[] verbs) => new() { ["apiGroups"] = new JsonArray(group), ["resources"] = Texts(resources), ["verbs"] = Texts(verbs) };

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(static text => (JsonNode)text)]);
}
