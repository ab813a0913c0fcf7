using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Runs;

/// <summary>What people call items: labels are made where the collection is known, recorded with its size, and shown beside indices.</summary>
internal static class TaskLabels
{
    /// <summary>Labels are for people: more items than that nobody reads, and a record must fit into a slot.</summary>
    private const int MostItems = 10_000, MostCharacters = 80;

    /// <summary>The labels of the first items; empty if the dimension has none.</summary>
    public static ImmutableArray<string?> Make(DimensionDefinition dimension, object collection, int count)
    {
        if (dimension.Label is not { } label) return [];
        var labels = ImmutableArray.CreateBuilder<string?>(Math.Min(count, MostItems));
        for (var i = 0; i < labels.Capacity; i++) labels.Add(Cut(Ask(label, dimension.Items.Item(collection, i))));
        return labels.DrainToImmutable();
    }

    /// <summary>The same of a collection that may have stayed in the store.</summary>
    public static async ValueTask<ImmutableArray<string?>> MakeAsync(DimensionDefinition dimension, object collection, int count)
    {
        if (collection is not StoredItems items) return Make(dimension, collection, count);
        if (dimension.Label is not { } label) return [];
        var labels = ImmutableArray.CreateBuilder<string?>(Math.Min(count, MostItems));
        for (var i = 0; i < labels.Capacity; i++)
        {
            var taken = await items.FindAsync(i, CancellationToken.None);
            labels.Add(Cut(Ask(label, dimension.Items.Item(taken.Part, taken.Position))));
        }

        return labels.DrainToImmutable();
    }

    /// <summary>The labels of a task's items, or <c>null</c> if none has one.</summary>
    public static string? Of(GraphDescription graph, Extents extents, TaskAddress task)
    {
        var scope = graph.Steps[task.Step].Scope;
        string? labels = null;
        for (var i = 0; i < Math.Min(scope.Length, task.Index.Count); i++)
        {
            if (!graph.Dimensions[scope[i]].IsLabelled) continue;
            var at = TaskIndex.Of([.. extents.OwnScopes[scope[i]].Select(outer => task.Index[scope.IndexOf(outer)])]);
            if (extents.Label(scope[i], at, task.Index[i]) is { } label) labels = labels is null ? label : $"{labels}, {label}";
        }

        return labels;
    }

    private static string? Ask(Func<object?, string?> label, object? item)
    {
        try
        {
            return label(item);
        }
        catch (Exception)
        {
            // The project's own property; an item whose label cannot be told has none.
            return null;
        }
    }

    private static string? Cut(string? label) => label is { Length: > MostCharacters } ? label[..MostCharacters] + "…" : label;
}
