using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the parameters of a flow, those of its base classes first.</summary>
internal static class ParameterParser
{
    public static void Parse(FlowContext context)
    {
        foreach (var property in Find(context))
        {
            var parameter = new ParameterDeclaration(Names.Camel(property.Name), property);
            context.Parameters.Add(parameter);
            ParameterNotSettable.Check(parameter, context);
            RequiredWithDefault.Check(parameter, context);
            if (property.Type.TypeKind == TypeKind.Error) continue;

            parameter.Parser = ParserExpressions.Of(property.Type, context.Known);
            if (parameter.Parser is null) UnsupportedParameterType.Report(parameter, context);
            else parameter.Stored = context.Types.Resolve(property.Type, parameter.Description, property.TypePlace());
            parameter.Checks = ValidationParser.Parse(parameter, context).ToEquatable();
        }
        ReservedOptionName.Check(context);
        DuplicateOptionName.Check(context);
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
