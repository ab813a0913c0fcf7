using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;
using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>A flow's run by the real runtime, beside that of the reference.</summary>
internal static class Comparison
{
    /// <summary>What is wrong with a flow that should compile and do what the reference does; <c>null</c> if nothing is.</summary>
    public static async Task<string?> DifferenceAsync(FlowSpec flow)
    {
        using var program = Programs.Of([flow]);
        return program.Errors[0].Count > 0 ? string.Join("\n", program.Errors[0]) : await DifferenceAsync(flow, program.Definition(flow.Name));
    }

    /// <summary>The same of one that is compiled.</summary>
    public static async Task<string?> DifferenceAsync(FlowSpec flow, FlowDefinition definition)
    {
        try
        {
            return await CompareAsync(flow, definition);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e.ToString();
        }
    }

    private static async Task<string?> CompareAsync(FlowSpec flow, FlowDefinition definition)
    {
        var analysis = Analysis.Of(flow);
        var expected = Results.Describe(flow, analysis, Interpreter.Run(flow, analysis));
        var store = new InMemoryStore();
        var request = new RunRequest { Flow = definition, Store = store, Parameters = Parameters(flow, definition), MaxParallel = 1 + flow.Seed % 4, ProjectDirectory = Path.GetTempPath() };
        var (run, status) = await FlowRunner.RunAsync(request, new NoticeObserver(static _ => { }), default, default);

        var opened = await RunStore.OpenAsync(store, forWriting: false, TimeProvider.System, default);
        var actual = await Results.ReadAsync(definition, opened, await opened.ReadAsync(run, default), status);
        if (expected.SequenceEqual(actual)) return null;
        return $"expected but not found:\n{string.Join("\n", expected.Except(actual))}\nfound but not expected:\n{string.Join("\n", actual.Except(expected))}";
    }

    /// <summary>Values as the program's own types: those of enums are its own.</summary>
    private static object?[] Parameters(FlowSpec flow, FlowDefinition definition)
    {
        var values = definition.Defaults();
        foreach (var parameter in flow.Parameters)
        {
            var position = definition.Parameters.Select(known => known.Property).ToList().IndexOf(parameter.Name);
            values[position] = parameter.Value is Choice choice ? Enum.ToObject(values[position]!.GetType(), (int)choice) : parameter.Value;
        }
        return values;
    }
}
