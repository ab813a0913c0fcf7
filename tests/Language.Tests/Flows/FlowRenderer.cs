using System.Text;

namespace Language.Tests.Flows;

/// <summary>Writes a flow as C#. The methods come in any order: it must not matter.</summary>
internal sealed class FlowRenderer(FlowSpec flow)
{
    private string Base => flow.Name + "Base";

    public static string Render(FlowSpec flow) => new FlowRenderer(flow).Render();

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    public static string Literal(object value) => value switch
    {
        long[] numbers => $"[{string.Join(", ", numbers)}]",
        bool flag => flag ? "true" : "false",
        Choice choice => $"Choice.{choice}",
        string text => $"\"{text}\"",
        _ => Mix.Text(value),
    };

    private string Render()
    {
        var parameters = flow.Parameters.Select(parameter => parameter.IsSecret ? $"    [Parameter] public required Secret<string> {parameter.Name} {{ get; init; }}\n" : Invariant($"    [Parameter] public {parameter.Kind.Type()} {parameter.Name} {{ get; init; }} = {Literal(parameter.Default)};\n")).ToArray();
        var own = new List<string>();
        var inherited = new List<string>();
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            if (s == flow.Missing) continue;
            var (step, members) = (flow.Steps[s], s < flow.Inherited ? inherited : own);
            members.Add(Step(step, s < flow.Inherited));
            if (s < flow.Inherited && step.Home == Home.Override) own.Add($"    public override {Signature(step, withAttributes: false)}\n{Body(step)}");
            if (step.Loop is { } loop) members.Add(Predicate(step, loop));
        }
        var others = string.Concat(flow.Steps.Where(step => IsSubFlow(step) && flow.Steps.IndexOf(step) != flow.Missing).Select(SubFlow));
        if (flow.Inherited == 0) return Class($"[Flow]\npublic partial class {flow.Name}", parameters, own) + others;
        return Class($"public abstract class {Base}", parameters, inherited) + "\n" + Class($"[Flow]\npublic partial class {flow.Name} : {Base}", [], own) + others;
    }

    private string Class(string head, string[] parameters, List<string> methods)
    {
        var shuffled = methods.ToArray();
        new Random(flow.Seed).Shuffle(shuffled);
        return $"{head}\n{{\n{string.Concat(parameters)}{string.Join("\n", shuffled)}}}\n";
    }

    private string Step(StepSpec step, bool isInherited)
    {
        // An override keeps the attributes of what it overrides, those of the parameters too.
        var isOverridden = isInherited && step.Home == Home.Override;
        var access = isOverridden ? "public virtual " : (isInherited ? "protected internal " : "public ") + (step.Reads < 0 ? "static " : "");
        return $"    {Attributes(step)}\n    {access}{Signature(step, withAttributes: true)}{(isOverridden ? " => throw new NotSupportedException();\n" : $"\n{Body(step)}")}";
    }

    private string Attributes(StepSpec step)
    {
        var code = new StringBuilder(IsSubFlow(step) ? "[SubFlow" : "[Step");
        if (step.Outputs is [var single] && single.Name != Camel(step.Name)) code.Append(Invariant($"(Makes = \"{single.Name}\")"));
        if (step.IsFlaky) code.Append(", Retry(1, Backoff = \"1ms\")");
        if (step.Gang > 0) code.Append(Invariant($", Gang({step.Gang})"));
        foreach (var condition in step.Conditions)
        {
            var name = Reference(condition.Decision);
            code.Append(condition.IsOtherwise ? $", Otherwise({name})"
                : condition.Values is [true] ? $", When({name})"
                : $", When({string.Join(", ", condition.Values.Select(Literal).Prepend(name))})");
        }
        foreach (var after in step.After) code.Append(Invariant($", After({Reference(flow.Steps[after.Step])}{(after.Always ? ", Always = true" : "")})"));
        if (step.Loop is { } loop) code.Append(Invariant($", Loop({(flow.IsQuoted ? $"\"{step.Name}Goes\"" : $"nameof({step.Name}Goes)")}, Max = {loop.Max}{(loop.StopAtMax ? ", StopAtMax = true" : "")})"));
        return code.Append(']').ToString();
    }

    private string Signature(StepSpec step, bool withAttributes)
    {
        var inputs = step.Inputs.Select(input => $"{(withAttributes ? Attribute(input) : "")}{InputType(input)} {input.Name}")
            .Concat(step.IsServed ? [(withAttributes ? "[Service] " : "") + "System.Text.StringBuilder scratch"] : []).Concat(IsSubFlow(step) ? [] : ["StepContext context"]);
        var isAsync = !withAttributes || step.Home != Home.Override || !IsInherited(step);
        return $"{(isAsync && step.Returns != Style.Plain ? "async " : "")}{ReturnType(step)} {step.Method}({string.Join(", ", inputs)})";
    }

    private bool IsSubFlow(StepSpec step) => flow.IsSubFlow(flow.Steps.IndexOf(step));

    private string SubFlowName(StepSpec step) => $"{flow.Name}_{step.Name}";

    /// <summary>The flow that a step is: some tasks over a collection, and its result from the same hash as that of any step.</summary>
    private string SubFlow(StepSpec step) => $$"""

        [Flow("{{SubFlowName(step).ToLowerInvariant().Replace('_', '-')}}")]
        public partial class {{SubFlowName(step)}}
        {
            [Parameter] public required long Hash { get; init; }
            [Step] public static long[] Parts(long hash) => Mix.Numbers(hash);
            [Step] public static long Part([ForEach(nameof(Parts))] long item) => item;
            [Step, Output] public static {{OutputType(step.Outputs[0])}} Made(long hash, [Gather(nameof(Part))] long[] parts)
            {
                if (Mix.IsTroubled(hash)) throw new InvalidOperationException("trouble");
                if (Mix.Fails(hash, {{step.FailEvery}})) throw new InvalidOperationException("unlucky");
                return {{Make(step.Outputs[0], 0)}};
            }
        }

        """;

    private bool IsInherited(StepSpec step) => flow.Steps.IndexOf(step) < flow.Inherited;

    private string Body(StepSpec step)
    {
        var code = new StringBuilder("    {\n");
        if (step.Returns != Style.Plain) code.Append("        await Task.Yield();\n");
        code.Append("        var texts = new List<string>();\n");
        foreach (var input in step.Inputs) code.Append(Invariant($"        {Read(input)}\n"));
        if (step.Reads >= 0) code.Append(Invariant($"        texts.Add({ReadParameter(step.Reads)});\n"));
        code.Append(Invariant($"        var hash = Mix.Of(\"{step.Name}\", texts);\n"));
        foreach (var input in step.Inputs.Where(input => input.Shape != Shape.Gather && input.Wrap is Wrap.None or Wrap.Nullable)) code.Append(Invariant($"        Mix.Spoil({input.Name});\n"));
        if (IsSubFlow(step)) return code.Append("        return new() { Hash = hash };\n    }\n").ToString();
        if (step.IsFlaky) code.Append("        if (context.Attempt == 1) throw new InvalidOperationException(\"the first time\");\n");
        if (step.IsServed) code.Append("        if (scratch.Append('x').Length > 1) throw new InvalidOperationException(\"somebody else has this scope\");\n");
        code.Append("        if (Mix.IsTroubled(hash)) throw new InvalidOperationException(\"trouble\");\n");
        if (step.FailEvery > 0) code.Append(Invariant($"        if (Mix.Fails(hash, {step.FailEvery})) throw new InvalidOperationException(\"unlucky\");\n"));
        // The others make something else, which nobody may see.
        if (step.Gang > 0) code.Append(Invariant($"        if (context.Gang.Size != {step.Gang}) throw new InvalidOperationException(\"somebody is missing\");\n        if (context.Gang.Rank > 0) hash /= 3;\n"));
        var results = step.Outputs.Select(Make).ToArray();
        if (results.Length > 0) code.Append(Invariant($"        return {(results.Length == 1 ? results[0] : $"({string.Join(", ", results)})")};\n"));
        return code.Append("    }\n").ToString();
    }

    /// <summary>The expression of an output, from the step's hash; the reference has the same.</summary>
    private static string Make(OutputSpec output, int position)
    {
        var hash = Invariant($"hash / {position + 1}");
        var value = $"Mix.{output.Kind}({hash})";
        if (output.Nullable) return $"Mix.IsNull({hash}) ? null : ({output.Kind.Type()}?){value}";
        if (!output.IsWild) return value;
        return $"Mix.IsBad({hash}) ? {(output.Kind == Kind.Choice ? "(Choice)9" : "null!")} : {value}";
    }

    private string Predicate(StepSpec step, LoopSpec loop)
    {
        var parameter = loop.Reads < 0 ? "\"\"" : ReadParameter(loop.Reads);
        return $"    protected {(loop.Reads < 0 ? "static " : "")}bool {step.Name}Goes({step.Outputs[loop.Carried].Kind.Type()} value) => Mix.Goes(Mix.Text(value), {parameter});\n";
    }

    private string ReadParameter(int position) => $"Mix.Text({flow.Parameters[position].Name}{(flow.Parameters[position].IsSecret ? ".Reveal()" : "")})";

    private string ReturnType(StepSpec step)
    {
        if (IsSubFlow(step)) return SubFlowName(step);
        var result = step.Outputs switch
        {
            [] => "",
            [var single] => OutputType(single),
            var many => $"({string.Join(", ", many.Select(output => $"{OutputType(output)} {output.Name}"))})",
        };
        if (step.Returns == Style.Plain) return result.Length == 0 ? "void" : result;
        return step.Returns + (result.Length == 0 ? "" : $"<{result}>");
    }

    private static string OutputType(OutputSpec output) => output.Kind.Type() + (output.Nullable ? "?" : "");

    private string Attribute(InputSpec input)
    {
        var sources = string.Join(", ", input.Sources.Select(source => Reference(source)));
        return input.Shape switch
        {
            Shape.ForEach => Invariant($"[ForEach({sources}{(input.MaxParallel > 0 ? $", MaxParallel = {input.MaxParallel}" : "")}{(flow.IsLabelled(input.Source) ? ", Label = \"Length\"" : "")})] "),
            Shape.OneOf => $"[OneOf({sources})] ",
            Shape.Carry => $"[Carry({sources})] ",
            Shape.Gather => $"[Gather({sources}{(input.Over is { } over ? $", Over = {Reference(over)}" : "")}{(input.MinSuccess < 1 ? $", MinSuccess = {Mix.Text(input.MinSuccess)}" : "")})] ",
            _ => input.Name == Camel(flow.NameOf(input.Source)) ? "" : $"[From({sources})] ",
        };
    }

    private string Reference(SourceSpec source) =>
        flow.IsQuoted ? $"\"{flow.NameOf(source)}\""
        : source.IsParameter ? $"nameof({flow.Parameters[source.Output].Name})"
        : flow.Steps[source.Step].Outputs.Length == 1 ? Reference(flow.Steps[source.Step])
        : $"\"{flow.NameOf(source)}\"";

    private string Reference(StepSpec step) => flow.IsQuoted ? $"\"{Camel(step.Name)}\"" : $"nameof({step.Method})";

    private string InputType(InputSpec input)
    {
        var isNull = flow.IsNullable(input.Source) && input.Wrap != Wrap.None && input.Shape != Shape.ForEach;
        var type = Wrapped(flow.DeclaredKind(input).Type() + (isNull ? "?" : ""), input.Wrap);
        return input.Shape != Shape.Gather ? type : input.List switch
        {
            ListKind.Array => $"{type}[]",
            ListKind.ReadOnlyList => $"IReadOnlyList<{type}>",
            ListKind.Immutable => $"ImmutableArray<{type}>",
            _ => $"IAsyncEnumerable<{type}>",
        };
    }

    private static string Wrapped(string type, Wrap wrap) => wrap switch
    {
        Wrap.None => type,
        Wrap.Nullable => type.TrimEnd('?') + "?",
        Wrap.Handle => $"Artifact<{type}>",
        Wrap.Indexed => $"Item<{type}>",
        _ => $"{wrap}<{type}>",
    };

    private static string Read(InputSpec input)
    {
        if (input.Shape != Shape.Gather) return $"texts.Add({Text(input.Name, input.Wrap)});";
        var each = input.List == ListKind.Stream ? "await foreach" : "foreach";
        return $"var {input.Name}Texts = new List<string>(); {each} (var one in {input.Name}) {input.Name}Texts.Add({Text("one", input.Wrap)}); texts.Add(Mix.List({input.Name}Texts));";
    }

    private static string Text(string value, Wrap wrap) => wrap switch
    {
        Wrap.Optional => $"{value}.HasValue ? Mix.Text({value}.Value) : \"none\"",
        Wrap.Outcome => $"{value}.Succeeded ? Mix.Text({value}.Value) : \"!\"",
        Wrap.Handle => $"Mix.Text(await {value}.GetAsync())",
        Wrap.Indexed => $"string.Join(\",\", {value}.Index) + \":\" + Mix.Text({value}.Value)",
        _ => $"Mix.Text({value})",
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
