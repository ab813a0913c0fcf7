using System.Collections.Immutable;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>A taint that pods put up with.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value; <c>null</c> for any.</param>
/// <param name="Effect">Its effect; <c>null</c> for any.</param>
internal sealed record Toleration(string Key, string? Value, string? Effect)
{
    /// <summary>Reads <c>key=value:Effect,...</c>; <c>null</c> if it is something else.</summary>
    public static ImmutableArray<Toleration>? Parse(string text)
    {
        var tolerations = ImmutableArray.CreateBuilder<Toleration>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (taint, effect) = Cut(part, ':');
            var (key, value) = Cut(taint, '=');
            if (key.Length == 0 || effect is not (null or "NoSchedule" or "PreferNoSchedule" or "NoExecute")) return null;
            tolerations.Add(new Toleration(key, value, effect));
        }
        return tolerations.ToImmutable();
    }

    private static (string Before, string? After) Cut(string text, char mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
}
