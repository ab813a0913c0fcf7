using System.Globalization;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A flow's graph as text.</summary>
internal static class GraphText
{
    public static void Write(TextWriter output, GraphDescription graph, FlowDefinition flow, DateTimeOffset now)
    {
        output.WriteLine(graph.Description is null ? graph.Flow : $"{graph.Flow}: {graph.Description}");
        if (!graph.Parameters.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine("Parameters");
            var parameters = new TextTable();
            foreach (var p in graph.Parameters) parameters.Add(p.Name, p.TypeName, p.IsRequired ? "required" : p.DefaultText is null ? "" : "= " + p.DefaultText, p.Description ?? "");
            parameters.WriteTo(output, "  ");
            var some = flow.Parameters.FirstOrDefault(p => !p.IsSecret);
            if (some is not null) output.WriteLine($"  Given as {CommandLineNames.OptionOf(some)}, else {CommandLineNames.VariableOf(some)}, else {some.Name} in the file of --params, else the default.");
            foreach (var secret in flow.Parameters.Where(p => p.IsSecret)) output.WriteLine($"  Secret {secret.Name} is given in {SecretSources.Places(secret)}.");
        }

        output.WriteLine();
        output.WriteLine("Steps");
        var steps = new TextTable();
        Add(steps, graph, "");
        steps.WriteTo(output, "  ");
        if (graph.Policies.IsEmpty) return;
        output.WriteLine();
        output.WriteLine("By itself");
        var policies = new TextTable();
        foreach (var (name, value) in graph.Policies) policies.Add(name, value);
        policies.WriteTo(output, "  ");
        foreach (var schedule in flow.Schedules) output.WriteLine($"  Next by {schedule.Cron}: {Occurrences.After(now, schedule)}");
    }

    /// <summary>The steps of a sub-flow stand below the step that it is.</summary>
    private static void Add(TextTable steps, GraphDescription graph, string prefix)
    {
        foreach (var step in graph.Steps)
        {
            var inputs = string.Join(", ", step.Inputs.Select(input => Describe(graph, step, input)));
            var outputs = string.Join(", ", graph.OutputsOf(step).Select(artifact => artifact.Name == step.Name ? artifact.TypeName : $"{artifact.Name}: {artifact.TypeName}"));
            steps.Add(prefix + step.Name, inputs.Length == 0 ? "" : $"({inputs})", outputs.Length == 0 ? "" : "-> " + outputs, Notes(graph, step));
            if (step.SubFlow is { } inner) Add(steps, inner, $"{prefix}{step.Name}/");
        }
    }

    private static string Describe(GraphDescription graph, GraphStep step, InputDefinition input)
    {
        var name = graph.NameOf(input.Kind, input.Source);
        var accepts = input.Wrap switch { InputWrap.Outcome => ", failed or not", InputWrap.Nullable or InputWrap.Optional => " if any", _ => "" };
        return input.Shape switch
        {
            InputShape.Item => "each of " + name,
            InputShape.Gather => $"all {name}{Over(graph, step, input)}{accepts}{(input.MinSuccess < 1 ? $", at least {input.MinSuccess.ToString("0.##%", CultureInfo.InvariantCulture)}" : "")}",
            InputShape.OneOf => "one of " + string.Join(" and ", input.Alternatives.Select(a => graph.Artifacts[a].Name)) + accepts,
            InputShape.Carry => $"{name}, then its own",
            _ => name + accepts,
        };
    }

    /// <summary>Said where not everything is collected.</summary>
    private static string Over(GraphDescription graph, GraphStep step, InputDefinition input) => step.Scope.IsEmpty ? "" : " over " + string.Join(", ", graph.Over(step, input));

    private static string Notes(GraphDescription graph, GraphStep step)
    {
        var notes = new List<string>();
        if (!step.Scope.IsEmpty) notes.Add($"[{string.Join(", ", step.Scope.Select(dimension => graph.Dimensions[dimension].Name))}]");
        if (step.SubFlow is { } inner) notes.Add("flow " + inner.Flow);
        notes.AddRange(step.OwnGuard().Select(graph.Condition));
        if (step.Loop is { } loop) notes.Add($"repeats, at most {Numbers.Show(loop.Max)} times");
        if (step.Retries > 0) notes.Add(step.Retries == 1 ? "1 retry" : $"{step.Retries} retries");
        if (step.Timeout is { } limit) notes.Add("at most " + Duration.Show(limit));
        foreach (var (name, value) in step.Policies)
            if (name is not ("retry" or "backoff" or "timeout")) notes.Add(value == "true" ? name : $"{name} {value}");
        if (step.Contained) notes.Add("failures tolerated");
        if (!step.After.IsEmpty) notes.Add("after " + string.Join(", ", step.After.Select(after => graph.Steps[after.Step].Name + (after.Always ? " in any case" : ""))));
        return string.Join(", ", notes);
    }
}
