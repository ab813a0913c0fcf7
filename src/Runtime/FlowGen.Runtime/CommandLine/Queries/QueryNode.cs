using System.Text.Json;

namespace FlowGen.CommandLine;

/// <summary>A part of an expression over the values of one run.</summary>
internal abstract record QueryNode
{
    /// <summary>All paths in it.</summary>
    public abstract IEnumerable<QueryPath> Paths { get; }

    /// <summary>Whether it holds; <c>null</c> if a value that decides it does not exist.</summary>
    public abstract bool? Holds(Func<QueryPath, JsonElement> values);
}

/// <summary>A value: one of the run, or a constant.</summary>
internal sealed record QueryOperand(QueryPath? Path, JsonElement Constant) : QueryNode
{
    public override IEnumerable<QueryPath> Paths => Path is null ? [] : [Path];

    public JsonElement In(Func<QueryPath, JsonElement> values) => Path is null ? Constant : values(Path);

    public override bool? Holds(Func<QueryPath, JsonElement> values) => In(values) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        var other => throw new UsageException("FG1034", $"{Name} is {JsonValues.Show(other)}, which is neither true nor false; compare it with something, such as {Name} > 0.8."),
    };

    public string Name => Path?.Text ?? JsonValues.Show(Constant);
}

/// <summary>A comparison of two values.</summary>
internal sealed record QueryComparison(QueryOperand Left, string Operator, QueryOperand Right) : QueryNode
{
    public override IEnumerable<QueryPath> Paths => Left.Paths.Concat(Right.Paths);

    public override bool? Holds(Func<QueryPath, JsonElement> values)
    {
        var (left, right) = (Left.In(values), Right.In(values));
        if (left.ValueKind == JsonValueKind.Undefined || right.ValueKind == JsonValueKind.Undefined) return null;
        if (Operator is "==" or "!=") return JsonValues.AreEqual(left, right) == (Operator == "==");
        if (left.ValueKind == JsonValueKind.Null || right.ValueKind == JsonValueKind.Null) return null;
        var order = JsonValues.Order(left, right) ?? throw QueryError.Incomparable(Describe(Left, left), Describe(Right, right));
        return Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static string Describe(QueryOperand operand, JsonElement value) => operand.Path is null ? JsonValues.Show(value) : $"{operand.Name} ({JsonValues.Show(value, 30)})";
}

/// <summary>What does not hold.</summary>
internal sealed record QueryNot(QueryNode Inner) : QueryNode
{
    public override IEnumerable<QueryPath> Paths => Inner.Paths;

    public override bool? Holds(Func<QueryPath, JsonElement> values) => !Inner.Holds(values);
}

/// <summary>Both, or at least one.</summary>
internal sealed record QueryBoth(QueryNode Left, QueryNode Right, bool IsOr) : QueryNode
{
    public override IEnumerable<QueryPath> Paths => Left.Paths.Concat(Right.Paths);

    public override bool? Holds(Func<QueryPath, JsonElement> values)
    {
        var left = Left.Holds(values);
        if (left == IsOr) return left;
        var right = Right.Holds(values);
        return right == IsOr ? right : left is null || right is null ? null : !IsOr;
    }
}
