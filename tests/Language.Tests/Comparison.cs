using System.Text;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Executing.Reuse;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using FlowGen.Storage;
using Language.Tests.Flows;
using Language.Tests.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Language.Tests;

/// <summary>A flow's run by the real runtime, beside that of the reference.</summary>
internal static class Comparison
{
    /// <summary>A builder of text that is new in each scope.</summary>
    private static readonly ServiceProvider Services = new ServiceCollection().AddScoped(static _ => new StringBuilder()).BuildServiceProvider();

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
        var (run, status) = await FlowRunner.RunAsync(Request(flow, definition, store), new NoticeObserver(static _ => { }), default, default);

        var opened = await RunStore.OpenAsync(store, forWriting: false, TimeProvider.System, default);
        var actual = await Results.ReadAsync(definition, opened, await opened.ReadAsync(run, default), status);
        if (await SecretInAsync(store) is { } leak) return leak;
        if (expected.SequenceEqual(actual)) return null;
        return $"expected but not found:\n{string.Join("\n", expected.Except(actual))}\nfound but not expected:\n{string.Join("\n", actual.Except(expected))}";
    }

    /// <summary>What is asked of the runtime.</summary>
    public static RunRequest Request(FlowSpec flow, FlowDefinition definition, IObjectStore store) => new()
    {
        Flow = definition,
        Store = store,
        Parameters = Parameters(flow, definition),
        MaxParallel = 1 + flow.Seed % 4,
        ProjectDirectory = Path.GetTempPath(),
        Services = Services,
        Secrets = new SecretSources(static _ => RandomFlows.SecretText, Path.GetTempPath(), static () => Stream.Null, null),
    };

    /// <summary>The object that holds the secret, which none may.</summary>
    private static async Task<string?> SecretInAsync(InMemoryStore store)
    {
        var secret = Encoding.UTF8.GetBytes(RandomFlows.SecretText);
        await foreach (var stored in store.ListAsync(""))
            if ((await store.GetAsync(stored.Key))!.AsSpan().IndexOf(secret) >= 0) return $"the object {stored.Key} holds the secret";
        return null;
    }

    /// <summary>Values as the program's own types: those of enums are its own.</summary>
    private static object?[] Parameters(FlowSpec flow, FlowDefinition definition)
    {
        var values = definition.Defaults();
        foreach (var parameter in flow.Parameters)
        {
            var position = definition.Parameters.Select(known => known.Property).ToList().IndexOf(parameter.Name);
            values[position] = parameter.IsSecret ? new Secret<string>((string)parameter.Value)
                : parameter.Value is Choice choice ? Enum.ToObject(values[position]!.GetType(), (int)choice) : parameter.Value;
        }
        return values;
    }
}
