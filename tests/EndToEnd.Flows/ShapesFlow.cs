using System.Collections.Immutable;
using FlowGen;

// Types as programs have them, and not as they should be.
#pragma warning disable

namespace EndToEnd.Flows.Shapes;

public sealed class PrivateSetters
{
    private readonly double _c;
    private PrivateSetters(double c) => _c = c;
    public int A { get; private set; }
    public string? B { get; private init; } = "b";
    public double C => _c;
    public static PrivateSetters Make() => new(2.5) { A = 3, B = "x" };
}

public class Required
{
    public required string Name { get; init; }
    public required List<int> Numbers { get; set; }
    public int Late { get; init; } = 7;
    protected internal int Hidden { get; private protected set; }
    public void Set() => Hidden = 9;
}

public struct Fields(int a, long c)
{
    public int A = a;
    internal string? B = "f";
    private long _c = c;
    public long C => _c;
}

public readonly struct Explicit
{
    public Explicit(int x, string y) => (X, Y) = (x, y);
    public int X { get; }
    public string Y { get; }
}

public abstract record Shape(string Name);
public sealed record Circle(string Name, double Radius) : Shape(Name)
{
    public required int Extra { get; init; }
    public DateOnly Day { get; set; } = new(2026, 1, 2);
}

public sealed class Link(int value, Link? next) { public int Value => value; public Link? Next => next; }
public sealed record Tree(int Value, Tree[] Kids, Dictionary<string, Leaf> Leaves);
public sealed record Leaf(Tree? Back, (int, string?) Pair);
public sealed class Box<T>
{
    public T? Value { get; init; }
    public List<T> All { get; set; } = [];
}

public record Pair<TA, TB>(TA First, TB Second) where TA : notnull;
public readonly record struct Opt<T>(T? Value, bool Has = true);
public enum Color : byte { Red = 1, Blue = 2, Azure = 2 }

/// <summary>An artifact of every kind of object that the generator writes codecs for.</summary>
[Flow]
public partial class ShapesFlow
{
    private sealed class Secret
    {
        private readonly string _text;
        private Secret(string text) => _text = text;
        public int A { get; private set; }
        public string Text => _text;
        public static Secret Make(string text) => new(text) { A = 4 };
    }

    [Parameter] public Color[] Colors { get; init; } = [Color.Red, Color.Azure];
    [Step] public PrivateSetters Setters() => PrivateSetters.Make();
    [Step] public Required Req() { var r = new Required { Name = "n", Numbers = [1, 2] }; r.Set(); return r; }
    [Step(Makes = "fields")] public Fields MakeFields() => new(1, 2);
    [Step(Makes = "explicit")] public Explicit MakeExplicit() => new(1, "y");
    [Step(Makes = "circle")] public Circle MakeCircle() => new("c", 1.5) { Extra = 4 };
    [Step] public Link List() => new(1, new(2, null));
    [Step] public Tree Forest() => new(1, [new(2, [], [])], new() { ["a"] = new(new(3, [], []), (1, null)) });
    [Step] public Box<Box<string?>> Boxes() => new() { Value = new() { Value = null, All = ["a", null] } };
    [Step] public Pair<string, Opt<int>[]> Pairs() => new("p", [new(1), new(2, false)]);
    [Step] private Secret Hidden() => Secret.Make("hidden");
    [Step] public (int low, (string name, Opt<decimal> value) high) Both() => (1, ("h", new(2.50m)));
    [Step] public ImmutableArray<Color> Chosen() => [.. Colors];
    [Step] public string Each([ForEach(nameof(Chosen))] Color color, Explicit @explicit) => $"{color} {@explicit.Y}";
    [Step]
    public string All(PrivateSetters setters, Required req, Fields fields, Circle circle, Link list, Tree forest, Box<Box<string?>> boxes,
        Pair<string, Opt<int>[]> pairs, int low, (string name, Opt<decimal> value) high, [Gather(nameof(Each))] IReadOnlyList<string> each) =>
        $"{setters.A}{setters.B}{setters.C} {req.Name}{req.Numbers.Count}{req.Late}{req.Hidden} {fields.A}{fields.B}{fields.C} {circle} " +
        $"{list.Value}{list.Next!.Value}{list.Next.Next is null} {forest.Kids[0].Value}{forest.Leaves["a"].Back!.Value} {boxes.Value!.All.Count} " +
        $"{pairs.First}{pairs.Second[1].Has} {low}{high.value.Value} {string.Join(",", each)}";

    [Step] private string Peek(Secret hidden) => hidden.A + hidden.Text;
}
