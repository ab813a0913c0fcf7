using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Parses one flow: finds its parts, binds its inputs, checks its graph, and makes its model.</summary>
internal static class FlowParser
{
    /// <summary>The flow's model and mistakes; <c>null</c> if the class is gone. A mistake in FlowGen itself is told like any other, so that one flow never takes the others down.</summary>
    public static FlowParse? Parse(Compilation compilation, FlowDeclaration declaration, CancellationToken cancel)
    {
        if (compilation.Assembly.GetTypeByMetadataName(declaration.MetadataName) is not { } type) return null;
        try
        {
            return Parse(new FlowContext(compilation, type, declaration.Docs), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var stub = new FlowModel(Names.OfFlow(type.Name), null, FlowTypeParser.Read(type), default, default, default, default, default, default) { IsBroken = true };
            return new FlowParse(stub, [InternalError.Describe(type.Name, e, type.Place())]);
        }
    }

    private static FlowParse Parse(FlowContext context, CancellationToken cancel)
    {
        var type = FlowTypeParser.Parse(context);
        var name = context.Type.Attribute(context.Known.Flow)?.Text(0) ?? Names.OfFlow(context.Type.Name);
        BadFlowName.Check(name, context);
        ParameterParser.Parse(context);
        StepParser.Parse(context);
        ResourceParser.Parse(context);
        context.Policies = FlowPolicyParser.Parse(context);
        cancel.ThrowIfCancellationRequested();

        NameCollision.Check(context);
        ReservedName.Check(context);
        InputBinder.Bind(context);
        ResourceParser.Bind(context);
        DecisionParser.Parse(context);
        LoopParser.Parse(context);
        cancel.ThrowIfCancellationRequested();

        var model = new ModelBuilder(context, GraphParser.Parse(context)).Build(name, type);
        return new FlowParse(model with { IsBroken = context.HasErrors || !IsComplete(context) }, context.Problems);
    }

    /// <summary>The steps and artifacts of a flow that another one names. What is wrong with it is told where it is parsed itself.</summary>
    public static (FlowContext Context, Graph.Scopes Scopes) LookUp(Compilation compilation, INamedTypeSymbol type)
    {
        var context = new FlowContext(compilation, type, new DocTexts(null, default)) { IsLookup = true };
        ParameterParser.Parse(context);
        StepParser.Parse(context);
        ResourceParser.Parse(context);
        InputBinder.Bind(context);
        DecisionParser.Parse(context);
        LoopParser.Parse(context);
        return (context, GraphParser.Parse(context).Scopes);
    }

    /// <summary>Types that the compiler does not know either leave gaps without a mistake of the flow's own.</summary>
    private static bool IsComplete(FlowContext context) =>
        !context.Types.HasGaps
        && context.Artifacts.All(artifact => artifact.Stored is not null)
        && context.Parameters.All(parameter => parameter is { Stored: not null, Parser: not null })
        && context.Steps.All(step => step.IsCallable && step.HasKnownConditions && step.Inputs.All(input => input.IsSound))
        && context.Resources.All(resource => resource.Inputs.All(input => input.IsSound));
}

/// <summary>What parsing gives. Only the model may be cached: problems hold locations.</summary>
internal sealed record FlowParse(FlowModel Model, IReadOnlyList<DiagnosticInfo> Problems);
