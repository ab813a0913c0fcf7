using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the steps of a flow, those of its base classes first, and what each makes.</summary>
internal static class StepParser
{
    public static void Parse(FlowContext context)
    {
        foreach (var (method, attributed) in Find(context))
        {
            var (returns, result) = Unwrap(method, context.Known);
            var step = new StepDeclaration(context.Steps.Count, method, attributed, returns, result);
            context.Steps.Add(step);
            var attribute = attributed.Attribute(context.Known.Step)!;
            step.Durable = attribute.Named("Durable") is true;
            step.IsCallable = UnsupportedStepSignature.Check(step, context) & AsyncVoidStep.Check(step, context) & UnreachableBaseStep.Check(step, context);
            AddArtifacts(step, attribute, context);
            PolicyParser.Parse(step, context);
        }
        OverloadedStep.Check(context);
        NoSteps.Check(context);
    }

    /// <summary>Each step's most derived method with the one that carries its attributes: an override without <c>[Step]</c> keeps those of what it overrides.</summary>
    private static IEnumerable<(IMethodSymbol Method, IMethodSymbol Attributed)> Find(FlowContext context)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var byType = new Stack<List<(IMethodSymbol, IMethodSymbol)>>();
        for (var type = context.Type; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var found = new List<(IMethodSymbol, IMethodSymbol)>();
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (overridden.Contains(method.OriginalDefinition) || method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor) continue;
                IMethodSymbol? attributed = null;
                for (var current = method; current is not null; current = current.OverriddenMethod)
                {
                    overridden.Add(current.OriginalDefinition);
                    if (attributed is null && current.Attribute(context.Known.Step) is not null) attributed = current;
                }
                if (attributed is not null) found.Add((method, attributed));
            }
            byType.Push(found);
        }
        return byType.SelectMany(found => found);
    }

    private static (ReturnShape, ITypeSymbol?) Unwrap(IMethodSymbol method, KnownTypes known)
    {
        var type = method.ReturnType;
        if (!known.IsTask(type)) return method.ReturnsVoid ? (new ReturnShape(false, false), null) : (new ReturnShape(false, true), type);
        return ((INamedTypeSymbol)type).TypeArguments is [var value] ? (new ReturnShape(true, true), value) : (new ReturnShape(true, false), null);
    }

    private static void AddArtifacts(StepDeclaration step, AttributeData attribute, FlowContext context)
    {
        var makes = attribute.Named("Makes") as string;
        if (makes is not null && !BadMakes.Check(step, attribute, makes, context)) makes = null;
        if (step.Result is not { } result) return;

        if (makes is null && result is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            var named = tuple.TupleElements.Count(element => element.IsExplicitlyNamedTupleElement);
            if (named == tuple.TupleElements.Length)
            {
                foreach (var element in tuple.TupleElements)
                    step.Artifacts.Add(new ArtifactDeclaration(step, Names.Camel(element.Name), element.Name, element.Type, element.Place()));
            }
            else if (named > 0) PartlyNamedTuple.Report(step, context);
        }
        if (step.Artifacts.Count == 0)
            step.Artifacts.Add(new ArtifactDeclaration(step, Names.Camel(makes ?? step.Name), null, result,
                makes is null ? step.Place : attribute.ArgumentPlace(0, "Makes")));

        foreach (var artifact in step.Artifacts)
            if (artifact.Type.TypeKind != TypeKind.Error && step.IsCallable)
                artifact.Stored = context.Types.Resolve(artifact.Type, artifact.Description, TypePlace(step, artifact));
    }

    private static Location TypePlace(StepDeclaration step, ArtifactDeclaration artifact) =>
        artifact.Element is null ? step.Method.ReturnTypePlace() : artifact.Place;
}
