using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the steps of a flow, those of its base classes first, and what each makes.</summary>
internal static class StepParser
{
    public static void Parse(FlowContext context)
    {
        foreach (var (method, attributed) in Find(context.Type, context.Known))
        {
            var (returns, result) = Unwrap(method, context.Known);
            var step = new StepDeclaration(context.Steps.Count, method, attributed, returns, result);
            context.Steps.Add(step);
            var attribute = context.Known.StepOf(attributed)!;
            step.Durable = attribute.Named("Durable") is true;
            step.IsOutput = attributed.Attribute(context.Known.Output) is not null;
            step.IsCallable = UnsupportedStepSignature.Check(step, context) & AsyncVoidStep.Check(step, context) & UnreachableBaseStep.Check(step, context);
            if (attributed.Attribute(context.Known.SubFlow) is { } subFlow) AddSubFlow(step, subFlow, context);
            else AddArtifacts(step, attribute, context);
            OutputWithoutArtifacts.Check(step, context);
            if (step.SubFlow is null) PolicyParser.Parse(step, context);
            else SubFlowPolicy.Check(step, context);
        }
        OverloadedStep.Check(context);
        NoSteps.Check(context);
    }

    /// <summary>Each step's most derived method with the one that carries its attributes: an override without <c>[Step]</c> keeps those of what it overrides.</summary>
    public static IEnumerable<(IMethodSymbol Method, IMethodSymbol Attributed)> Find(INamedTypeSymbol flow, KnownTypes known)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var byType = new Stack<List<(IMethodSymbol, IMethodSymbol)>>();
        for (var type = flow; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var found = new List<(IMethodSymbol, IMethodSymbol)>();
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (overridden.Contains(method.OriginalDefinition) || method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor) continue;
                IMethodSymbol? attributed = null;
                for (var current = method; current is not null; current = current.OverriddenMethod)
                {
                    overridden.Add(current.OriginalDefinition);
                    if (attributed is null && known.StepOf(current) is not null) attributed = current;
                }
                if (attributed is not null) found.Add((method, attributed));
            }
            byType.Push(found);
        }
        return byType.SelectMany(found => found);
    }

    public static (ReturnShape Returns, ITypeSymbol? Result) Unwrap(IMethodSymbol method, KnownTypes known)
    {
        var type = method.ReturnType;
        if (!known.IsTask(type)) return method.ReturnsVoid ? (new ReturnShape(false, false), null) : (new ReturnShape(false, true), type);
        return ((INamedTypeSymbol)type).TypeArguments is [var value] ? (new ReturnShape(true, true), value) : (new ReturnShape(true, false), null);
    }

    private static void AddArtifacts(StepDeclaration step, AttributeData attribute, FlowContext context)
    {
        var makes = attribute.Named("Makes") as string;
        if (makes is not null && !BadMakes.Check(step, attribute, makes, context)) makes = null;
        if (!Declare(step, makes, context.SubFlows, makes is null ? null : attribute.ArgumentPlace(0, "Makes"))) PartlyNamedTuple.Report(step, context);
        foreach (var artifact in step.Artifacts)
            if (artifact.Type.TypeKind != TypeKind.Error && step.IsCallable)
                artifact.Stored = context.Types.Resolve(artifact.Type, artifact.Description, TypePlace(step, artifact));
    }

    /// <summary>The artifacts of a sub-flow are stored by it, so that nothing has to be known of their types.</summary>
    private static void AddSubFlow(StepDeclaration step, AttributeData attribute, FlowContext context)
    {
        if (!StepAndSubFlow.Check(step, attribute, context) | !SubFlowWithoutFlow.Check(step, context) || !FlowInsideItself.Check(step, context))
        {
            step.IsCallable = false;
            return;
        }

        step.SubFlow = context.SubFlows.FlowOf(step.Result);
        // What is wrong with the other flow is told there.
        if (step.SubFlow is null || (step.SubFlow.ContainingAssembly.Is(context.Compilation.Assembly) && !FlowTypeParser.Read(step.SubFlow).CanHavePart)) step.IsCallable = false;
        Declare(step, null, context.SubFlows);
        foreach (var artifact in step.Artifacts)
            if (artifact.Type.TypeKind != TypeKind.Error)
                artifact.Stored = new ArtifactType(artifact.Type.FullName(), artifact.Type.Shown(), "", Shareable: false, artifact.Type.MayBeNull());
    }

    /// <summary>Finds what a step makes: one artifact, one for each element of a tuple, or what its sub-flow gives.</summary>
    /// <returns>False if it cannot be told which of that, because a tuple names only some of its elements.</returns>
    public static bool Declare(StepDeclaration step, string? makes, SubFlows flows, Location? makesPlace = null)
    {
        if (step.SubFlow is { } flow)
        {
            var outputs = flows.OutputsOf(flow);
            foreach (var (name, type) in outputs)
                step.Artifacts.Add(new ArtifactDeclaration(step, outputs.Count == 1 ? step.Name : $"{step.Name}.{name}", name, type, step.Place));
            return true;
        }

        if (step.Result is not { } result) return true;
        var named = result is INamedTypeSymbol { IsTupleType: true } tuple && makes is null ? tuple.TupleElements.Where(element => element.IsExplicitlyNamedTupleElement).ToList() : [];
        var isSplit = named.Count > 0 && named.Count == ((INamedTypeSymbol)result).TupleElements.Length;
        if (isSplit)
            foreach (var element in named) step.Artifacts.Add(new ArtifactDeclaration(step, Names.Camel(element.Name), element.Name, element.Type, element.Place()));
        else step.Artifacts.Add(new ArtifactDeclaration(step, Names.Camel(makes ?? step.Name), null, result, makesPlace ?? step.Place));
        return isSplit || named.Count == 0;
    }

    private static Location TypePlace(StepDeclaration step, ArtifactDeclaration artifact) =>
        artifact.Element is null ? step.Method.ReturnTypePlace() : artifact.Place;
}
