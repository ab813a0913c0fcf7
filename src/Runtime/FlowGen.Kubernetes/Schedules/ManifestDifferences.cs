using System.Collections.Immutable;
using System.Text.Json;
using FlowGen.Kubernetes.Api;

namespace FlowGen.Kubernetes.Schedules;

/// <summary>In what a manifest differs from another, as lines for people: <c>schedule: 0 3 * * * → 0 4 * * *</c>.</summary>
internal static class ManifestDifferences
{
    private const int Shown = 60;

    private const string Program = "spec.jobTemplate.spec.template.spec.containers[0].";

    /// <summary>What people wrote, and not what the server notes beside it.</summary>
    private static readonly string[][] Parts = [["metadata", "labels"], ["metadata", "annotations"], ["spec"]];

    public static ImmutableArray<string> Between(JsonElement old, JsonElement other)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var part in Parts) Compare(old.At(part), other.At(part), string.Join('.', part), lines);
        return lines.ToImmutable();
    }

    private static void Compare(JsonElement? old, JsonElement? other, string path, ImmutableArray<string>.Builder lines)
    {
        if (old is { ValueKind: JsonValueKind.Object } map && other is { ValueKind: JsonValueKind.Object } otherMap)
        {
            foreach (var name in map.EnumerateObject().Select(static member => member.Name).Union(otherMap.EnumerateObject().Select(static member => member.Name))) Compare(map.At(name), otherMap.At(name), $"{path}.{name}", lines);
        }
        else if (old is { ValueKind: JsonValueKind.Array } list && other is { ValueKind: JsonValueKind.Array } otherList)
        {
            for (var i = 0; i < Math.Max(list.GetArrayLength(), otherList.GetArrayLength()); i++)
                Compare(i < list.GetArrayLength() ? list[i] : null, i < otherList.GetArrayLength() ? otherList[i] : null, $"{path}[{i}]", lines);
        }
        else if (old is null || other is null || !JsonElement.DeepEquals(old.Value, other.Value))
        {
            var (before, after) = Excerpt(Text(old), Text(other));
            lines.Add($"{(path.StartsWith(Program, StringComparison.Ordinal) ? path[Program.Length..] : path.StartsWith("spec.", StringComparison.Ordinal) ? path[5..] : path)}: {before} → {after}");
        }
    }

    private static string Text(JsonElement? value) => value switch
    {
        null => "nothing",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    /// <summary>Of long texts, where they part.</summary>
    private static (string Before, string After) Excerpt(string before, string after)
    {
        var common = before.AsSpan().CommonPrefixLength(after);
        var start = Math.Max(before.Length, after.Length) > Shown && common > Shown / 3 ? common - Shown / 3 : 0;
        return (Cut(before, start), Cut(after, start));
    }

    private static string Cut(string text, int start) => $"{(start > 0 ? "…" : "")}{text.AsSpan(start, Math.Min(Shown, text.Length - start))}{(text.Length > start + Shown ? "…" : "")}";
}
