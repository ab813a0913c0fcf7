using System.Text.Json.Nodes;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>
/// Lays what a person wrote over a manifest: objects are merged, <c>null</c> removes, lists whose items have names (containers, variables, volumes) are merged by them, mounts by their path, all other lists
/// are replaced. It works on JSON and not on the client's types, so fields that only newer clusters know stay as well.
/// </summary>
internal static class ManifestOverlay
{
    private static readonly string[] Ids = ["mountPath", "name"];

    public static void Apply(JsonObject target, JsonObject overlay)
    {
        foreach (var (key, value) in overlay)
        {
            switch (value)
            {
                case null:
                    target.Remove(key);
                    break;
                case JsonObject map when target[key] is JsonObject present:
                    Apply(present, map);
                    break;
                case JsonArray list when target[key] is JsonArray present && IdOf(present) is { } id && list.All(item => (item as JsonObject)?[id] is not null):
                    Merge(present, list, id);
                    break;
                default:
                    target[key] = value.DeepClone();
                    break;
            }
        }
    }

    private static void Merge(JsonArray target, JsonArray overlay, string id)
    {
        foreach (var item in overlay.Cast<JsonObject>())
        {
            if (target.FirstOrDefault(present => JsonNode.DeepEquals(present![id], item[id])) is JsonObject same) Apply(same, item);
            else target.Add(item.DeepClone());
        }
    }

    /// <summary>By what the items of a list are told apart; <c>null</c> if by nothing.</summary>
    private static string? IdOf(JsonArray list) => Ids.FirstOrDefault(id => list.Count > 0 && list.All(item => (item as JsonObject)?[id] is not null));
}
