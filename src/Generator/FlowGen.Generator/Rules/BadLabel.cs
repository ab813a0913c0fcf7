using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0314: a label is a member of the item that people can read.</summary>
internal static class BadLabel
{
    public static LabelModel? Check(StepDeclaration step, InputDeclaration input, AttributeData binding, FlowContext context)
    {
        if (binding.Named("Label") is not string label) return null;
        var item = input.CollectionItem!.WithoutNull();
        var members = item.WithBases().SelectMany(type => type.GetMembers()).Where(IsReadable).ToList();
        var close = Close(label, members, context);
        var (found, edit) = members.FirstOrDefault(member => member.Name == label) switch
        {
            null => ($"but '{item.Shown()}' has no such property or field", Meant(close)),
            { IsStatic: true } => ("which is static, so all items have the same", "name a property of the item"),
            { } member when !context.Compilation.IsSymbolAccessibleWithin(member, context.Type) => ($"which the flow cannot read", $"make '{label}' internal or public"),
            { } member when !IsText(TypeOf(member)) => ($"which is '{TypeOf(member).Shown()}', expected text, a number, an enum or a date", "name another property, or add one that says it in words"),
            _ => ("", ""),
        };
        if (found.Length == 0) return new LabelModel(item.FullName(), label);
        context.Report(Descriptors.BadLabel, binding.ArgumentPlace(0, "Label"), [], Repair.Of(Repair.Text, [.. close.Select(name => $"\"{name}\"")]), input.Parameter.Name, step.Name, label, found, edit);
        return null;
    }

    private static string Meant(List<string> close) => close switch
    {
        [] => "remove Label",
        [var meant] => $"did you mean '{meant}'?",
        _ => "name one of " + string.Join(", ", close.Select(name => $"'{name}'").Take(10)),
    };

    /// <summary>The member that was probably meant, or all that could be.</summary>
    private static List<string> Close(string label, IEnumerable<ISymbol> members, FlowContext context)
    {
        var names = members.Where(member => !member.IsStatic && context.Compilation.IsSymbolAccessibleWithin(member, context.Type) && IsText(TypeOf(member)))
            .Select(member => member.Name).Distinct().ToList();
        return Spelling.Close(label, names).Take(1).ToList() is { Count: > 0 } meant ? meant : names;
    }

    private static bool IsReadable(ISymbol member) => member.CanBeReferencedByName && member is IPropertySymbol { GetMethod: not null, IsIndexer: false } or IFieldSymbol;

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    private static bool IsText(ITypeSymbol type)
    {
        var value = type.WithoutNull();
        return value.SpecialType is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char || value.TypeKind == TypeKind.Enum
            || value.AllInterfaces.Any(implemented => implemented.ToDisplayString() == "System.IFormattable");
    }
}
