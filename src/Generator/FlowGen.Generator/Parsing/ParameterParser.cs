using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the parameters of a flow, those of its base classes first.</summary>
internal static class ParameterParser
{
    public static void Parse(FlowContext context)
    {
        var insides = new InsideParser(context);
        foreach (var property in Find(context))
        {
            var parameter = new ParameterDeclaration(Names.Camel(property.Name), property);
            context.Parameters.Add(parameter);
            ParameterNotSettable.Check(parameter, context);
            RequiredWithDefault.Check(parameter, context);
            if (property.Type.TypeKind == TypeKind.Error) continue;

            if (FromRunParser.IsWanted(property, context))
            {
                parameter.IsFromRun = true;
                FromRunParser.Parse(parameter, context);
                // None of them fits a handle, and each says so.
                if (parameter.FromRun is not null) _ = ValidationParser.Parse(new CheckTarget(parameter.Name, property.Type), property.GetAttributes(), context).Count();
                continue;
            }

            BadFromSchedule.Check(parameter, context);
            SecretWithDefault.Check(parameter, context);
            Resolve(parameter, context);
            var checks = ValidationParser.Parse(new CheckTarget(parameter.Name, property.Type), property.GetAttributes(), context).ToList();
            parameter.Checks = checks.Select(check => check.Model).ToEquatable();
            BadDefault.Check(parameter, checks, context);
            if (parameter.Parser is not null) parameter.Inside = insides.Of(property.Type, parameter.Name);
        }
        context.Insides = insides.Models;
        ReservedOptionName.Check(context);
        DuplicateOptionName.Check(context);
    }

    /// <summary>Finds codec and parser. Why a type cannot be stored is told where that is found out.</summary>
    private static void Resolve(ParameterDeclaration parameter, FlowContext context)
    {
        var type = parameter.Property.Type;
        if (UnsupportedParameterType.IsKnown(type))
        {
            UnsupportedParameterType.Report(parameter, context);
            return;
        }

        parameter.Stored = context.Types.Resolve(type, parameter.Description, parameter.Property.TypePlace());
        if (parameter.Stored.CodecName.Length == 0) return;
        parameter.Parser = ParserExpressions.Of(type, context, ArtifactUse.Of(type, parameter.Description, parameter.Property.TypePlace()));
        if (parameter.Parser is null) UnsupportedParameterType.Report(parameter, context);
    }

    private static IEnumerable<IPropertySymbol> Find(FlowContext context)
    {
        var byType = new Stack<List<IPropertySymbol>>();
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var type = context.Type; type is not null; type = type.BaseType)
        {
            var found = new List<IPropertySymbol>();
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (overridden.Contains(property)) continue;
                var marked = false;
                for (var current = property; current is not null; current = current.OverriddenProperty)
                {
                    overridden.Add(current);
                    marked |= current.Attribute(context.Known.Parameter) is not null;
                }
                if (marked) found.Add(property);
            }
            byType.Push(found);
        }
        return byType.SelectMany(found => found);
    }
}
