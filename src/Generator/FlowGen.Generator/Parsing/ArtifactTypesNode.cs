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

    /// <summary>Whether values are immutable, and their codec loses nothing, apart from what they contain.</summary>
    public bool IsImmutable { get; set; }

    /// <summary>Whether writing can fail, apart from what it contains.</summary>
    public bool CanFail { get; set; } = true;

    /// <summary>Types of everything that a value can contain.</summary>
    public List<ArtifactNode> Parts { get; } = [];

    /// <summary>Members that every value has, with types of which each is an object of its own.</summary>
    public List<(string Member, ArtifactNode Node)> Always { get; } = [];

    /// <summary>Whether values are deeply immutable and their codecs lose nothing.</summary>
    public bool IsShareable => Reachable().All(node => node.IsImmutable);

    /// <summary>Whether a value can contain another one of this type.</summary>
    public bool IsRecursive => Parts.Any(part => part == this || part.Reachable().Contains(this));

    /// <summary>Whether writing a value can fail.</summary>
    public bool WriteCanFail => Reachable().Any(node => node.CanFail);

    /// <summary>The members through which a value always contains another one of its own type, or <c>null</c>.</summary>
    public IReadOnlyList<string>? EndlessPath()
    {
        var visited = new HashSet<ArtifactNode>();
        var path = new List<string>();
        return Search(this) ? path : null;

        bool Search(ArtifactNode node)
        {
            foreach (var (member, next) in node.Always)
            {
                path.Add(member);
                if (next == this || (visited.Add(next) && Search(next))) return true;
                path.RemoveAt(path.Count - 1);
            }
            return false;
        }
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
