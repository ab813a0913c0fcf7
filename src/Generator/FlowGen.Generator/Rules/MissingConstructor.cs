using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0108: a flow object is made for every task, without arguments.</summary>
internal static class MissingConstructor
{
    public static void Check(FlowContext context)
    {
        var constructors = context.Type.InstanceConstructors;
        if (context.Type.IsStatic || constructors.Any(constructor => constructor.Parameters.Length == 0)) return;
        context.Report(Descriptors.MissingConstructor, constructors[0].Place(), context.Type.Name,
            $"remove the parameters of its constructor and take what it needs as parameters of its steps");
    }
}
