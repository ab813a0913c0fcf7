using System.Collections.Immutable;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>Text of the form <c>key=value,key=value</c>.</summary>
internal static class PairList
{
    /// <summary>The pairs; <c>null</c> if the text is something else. No text is no pairs.</summary>
    public static ImmutableArray<KeyValuePair<string, string>>? Parse(string text)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var mark = part.IndexOf('=', StringComparison.Ordinal);
            if (mark <= 0) return null;
            pairs.Add(KeyValuePair.Create(part[..mark], part[(mark + 1)..]));
        }
        return pairs.ToImmutable();
    }
}
