using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes what decides which steps run.</summary>
internal static class DecisionEmitter
{
    /// <summary>The decision, with a switch that gives each value its number.</summary>
    public static string Definition(DecisionModel decision) =>
        $"new({Code.Literal(decision.Name)}, {DefinitionEmitter.Source(decision.Source)}, {Code.List(decision.Values.Select(value => Code.Literal(value.Shown)))}, " +
        $"{Code.Literal(decision.IsClosed)}, static value => {Classify(decision)}),";

    public static string Guard(GuardModel guard) =>
        $"new({guard.Decision}, {Code.List(guard.Allowed.Select(Code.Literal))})" + (guard.IsInherited ? " { IsInherited = true }" : "");

    /// <summary>How a step repeats, with a call of the method that says whether to go on.</summary>
    public static string Loop(LoopModel loop, string flow) =>
        $"new({loop.Max}, {Code.Literal(loop.StopAtMax)}, {loop.Output}, static (flow, value) => {(loop.Call.StartsWith("flow.", StringComparison.Ordinal) ? $"(({flow})flow){loop.Call.Substring(4)}" : loop.Call)}(({loop.TypeName})value!))";

    private static string Classify(DecisionModel decision)
    {
        if (decision.TypeName == "bool") return "(bool)value ? 0 : 1";
        var cases = decision.Values.Select((value, number) => $"{value.Code} => {number}").Concat([$"_ => {(decision.IsClosed ? -1 : decision.Values.Count)}"]);
        return $"({decision.TypeName})value switch {{ {string.Join(", ", cases)} }}";
    }
}
