using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the resources that each process opens once, and what they are opened from.</summary>
internal static class ResourceParser
{
    public static void Parse(FlowContext context)
    {
        foreach (var (method, attributed) in MarkedMethods.Find(context, context.Known.PerWorker))
        {
            if (!BadPerWorker.Check(method, context)) continue;
            var isTask = context.Known.IsTask(method.ReturnType);
            context.Resources.Add(new ResourceDeclaration(Names.OfStep(method.Name, isTask), method, attributed, new ReturnShape(isTask, true), Result(method, context.Known)!));
        }
    }

    /// <summary>Once all names are known.</summary>
    public static void Bind(FlowContext context)
    {
        var sources = new SourceTable(context);
        foreach (var resource in context.Resources)
        {
            for (var i = 0; i < resource.Method.Parameters.Length; i++)
                resource.Inputs.Add(Bind(resource, resource.Method.Parameters[i], resource.Attributed.Parameters[i], sources, context));
        }

        var edges = context.Resources.SelectMany(resource => resource.Inputs.Select(input => input.Source).OfType<ResourceDeclaration>(),
            (resource, needed) => (context.Resources.IndexOf(needed), context.Resources.IndexOf(resource)));
        foreach (var cycle in Cycles.Find(new StepGraph(context.Resources.Count, edges))) ResourceCycle.Report(cycle, context);
    }

    /// <summary>What a method opens; <c>null</c> for nothing.</summary>
    public static ITypeSymbol? Result(IMethodSymbol method, KnownTypes known) =>
        !known.IsTask(method.ReturnType) ? method.ReturnsVoid ? null : method.ReturnType
        : method.ReturnType is INamedTypeSymbol { TypeArguments: [var value] } ? value : null;

    private static InputDeclaration Bind(ResourceDeclaration resource, IParameterSymbol parameter, IParameterSymbol attributed, SourceTable sources, FlowContext context)
    {
        if (parameter.Name.Length == 0) return new InputDeclaration(parameter, ArgumentKind.Parameter) { IsSound = false };
        var bindings = attributed.GetAttributes().Where(given => context.Known.OfInputs.Any(attribute => given.AttributeClass.Is(attribute))).ToList();
        if (parameter.Type.Is(context.Known.CancellationToken) && bindings.Count == 0) return new InputDeclaration(parameter, ArgumentKind.CancellationToken);
        if (parameter.Type.Is(context.Known.Logger) && bindings.Count == 0) return new InputDeclaration(parameter, ArgumentKind.Logger);
        if (bindings is [{ AttributeClass: var only }] && only.Is(context.Known.Service)) return InputBinder.BindService($"[PerWorker] '{resource.Method.Name}'", parameter, sources, context);

        var source = sources.Source(bindings.FirstOrDefault()?.Text(0) ?? parameter.Name);
        var input = new InputDeclaration(parameter, source is ResourceDeclaration ? ArgumentKind.PerWorker : ArgumentKind.Parameter) { Binding = bindings.FirstOrDefault(), Source = source };
        input.IsSound = BadPerWorkerInput.Check(resource, input, bindings, sources, context);
        if (!input.IsSound) input.Source = null;
        return input;
    }
}
