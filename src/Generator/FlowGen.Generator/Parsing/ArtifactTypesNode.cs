namespace FlowGen.Generator.Parsing;

/// <summary>A type with its codec and the types it is made of. Nodes can form cycles.</summary>
/// <param name="typeName">Fully qualified, with nullability.</param>
/// <param name="codecName">Its codec.</param>
internal sealed class ArtifactNode(string typeName, string codecName)
{
    public string TypeName { get; } = typeName;

    public string CodecName { get; } = codecName;

    /// <summary>The type as people see it; set for objects only.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Expression that makes its shape in JSON that people write; <c>null</c> if there is none.</summary>
    public string? Json { get; init; }

    /// <summary>The column of many values, if they are scalars.</summary>
    public string? ColumnName { get; init; }

    /// <summary>Whether all members are scalars, so that many values can be stored member by member.</summary>
    public bool IsFlat { get; set; }

    /// <summary>Whether a sequence has such items.</summary>
    public bool IsItem { get; set; }

    /// <summary>Whether values are immutable, and their codec loses nothing, apart from what they contain.</summary>
    public bool IsImmutable { get; set; }

    /// <summary>Whether writing can fail, apart from what it contains.</summary>
    public bool CanFail { get; set; } = true;

    /// <summary>Types of everything that a value can contain.</summary>
    public List<ArtifactNode> Parts { get; } = [];

    /// <summary>Members that every value has, with types of which each is an object of its own.</summary>
    public List<(string Member, ArtifactNode Node)> Always { get; } = [];

    /// <summary>The members of a union, of which every value has one.</summary>
    public List<(string Member, ArtifactNode Node)> Choices { get; } = [];

    /// <summary>Whether values are deeply immutable and their codecs lose nothing.</summary>
    public bool IsShareable => Reachable().All(node => node.IsImmutable);

    /// <summary>Whether a value can contain another one of this type.</summary>
    public bool IsRecursive => Parts.Any(part => part == this || part.Reachable().Contains(this));

    /// <summary>Whether every value can be given as JSON.</summary>
    public bool HasJson => Reachable().All(node => node.Json is not null);

    /// <summary>The types that a value can contain, its own among them.</summary>
    public IEnumerable<ArtifactNode> All => Reachable();

    /// <summary>Whether a value can contain a blob.</summary>
    public bool HasBlobs => Reachable().Any(node => node.TypeName == "global::FlowGen.Blob");

    /// <summary>Whether writing a value can fail.</summary>
    public bool WriteCanFail => Reachable().Any(node => node.CanFail);

    /// <summary>The types from which this one can be reached again, itself included.</summary>
    public IEnumerable<ArtifactNode> Cycle() => Reachable().Where(node => node.Reachable().Contains(this));

    /// <summary>The way on which each value contains another one of its own type, such as <c>.Next(Pair).Left</c>; <c>null</c> if there are finite values, or if it is another type that has none.</summary>
    public IReadOnlyList<string>? EndlessPath()
    {
        if (Always.Count + Choices.Count == 0 || !IsRecursive) return null;
        var finite = Finite();
        var visited = new HashSet<ArtifactNode>();
        var path = new List<string>();
        return !finite.Contains(this) && Search(this) ? path : null;

        bool Search(ArtifactNode node)
        {
            foreach (var (member, next) in node.Always.Select(part => ($".{part.Member}", part.Node)).Concat(node.Choices.Select(part => ($"({part.Member})", part.Node))))
            {
                if (finite.Contains(next)) continue;
                path.Add(member);
                if (next == this || (visited.Add(next) && Search(next))) return true;
                path.RemoveAt(path.Count - 1);
            }
            return false;
        }
    }

    /// <summary>Types with finite values: all that a value always contains has them, and of a union at least one member.</summary>
    private HashSet<ArtifactNode> Finite()
    {
        var finite = new HashSet<ArtifactNode>();
        var open = Reachable();
        while (open.RemoveWhere(IsFinite) > 0) { }
        return finite;

        bool IsFinite(ArtifactNode node) =>
            node.Always.All(part => finite.Contains(part.Node)) && (node.Choices.Count == 0 || node.Choices.Any(part => finite.Contains(part.Node))) && finite.Add(node);
    }

    private HashSet<ArtifactNode> Reachable()
    {
        var found = new HashSet<ArtifactNode> { this };
        var open = new Stack<ArtifactNode>(found);
        while (open.Count > 0)
            foreach (var part in open.Pop().Parts)
                if (found.Add(part)) open.Push(part);
        return found;
    }
}
