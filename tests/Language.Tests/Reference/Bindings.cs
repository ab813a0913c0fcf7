using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>Whether every input fits its source, every loop can repeat and every condition names values of its decision.</summary>
internal static class Bindings
{
    public static Mistake? Check(FlowSpec flow) =>
        flow.Steps.SelectMany(step => step.Inputs.Select(input => OfInput(flow, input))).FirstOrDefault(mistake => mistake is not null)
        ?? flow.Steps.Select(step => OfLoop(flow, step)).FirstOrDefault(mistake => mistake is not null)
        ?? flow.Steps.Select(step => OfConditions(flow, step)).FirstOrDefault(mistake => mistake is not null)
        ?? OfOtherwise(flow);

    private static Mistake? OfInput(FlowSpec flow, InputSpec input)
    {
        var fits = input.Sources.All(source => flow.DeclaredKind(input) == flow.KindOf(source));
        // The first of several alternatives says what the input is declared as.
        var takesNull = input.Wrap == Wrap.Nullable || (input.Wrap != Wrap.None && flow.IsNullable(input.Source));
        var mayBeNull = !takesNull && input.Sources.Any(flow.IsNullable);
        switch (input.Shape)
        {
            case Shape.ForEach:
                if (!flow.KindOf(input.Source).IsCollection() || flow.IsNullable(input.Source)) return Mistake.NotIterable;
                if (input.Wrap is not (Wrap.None or Wrap.Nullable)) return Mistake.MeaninglessShape;
                return flow.DeclaredKind(input) == flow.KindOf(input.Source).Item() ? null : Mistake.ItemTypeMismatch;
            case Shape.Gather:
                if (input is { Wrap: Wrap.Outcome, MinSuccess: < 1 }) return Mistake.BadMinSuccess;
                if (input.Source.IsParameter && input.Wrap is not (Wrap.None or Wrap.Nullable)) return Mistake.MeaninglessShape;
                return fits && !mayBeNull ? null : Mistake.UnsupportedGatherType;
            case Shape.OneOf when input.Sources.Length < 2 || input.Sources.Distinct().Count() < input.Sources.Length || input.Sources.Any(source => source.IsParameter):
                return Mistake.BadAlternatives;
            case Shape.Carry when input.Wrap != Wrap.None:
                return Mistake.CarryTypeMismatch;
            default:
                if (input.Wrap == Wrap.Indexed || (input.Source.IsParameter && input.Wrap is not (Wrap.None or Wrap.Nullable))) return Mistake.MeaninglessShape;
                return !fits ? Mistake.InputTypeMismatch : mayBeNull ? Mistake.NullableMismatch : null;
        }
    }

    private static Mistake? OfLoop(FlowSpec flow, StepSpec step)
    {
        var carries = step.Inputs.Where(input => input.Shape == Shape.Carry).ToList();
        if (step.Loop is not { } loop) return carries.Count > 0 ? Mistake.CarryWithoutLoop : null;
        if (loop.Max < 1) return Mistake.BadLoopMax;
        if (carries.Count != 1 || step.Outputs.IsEmpty) return Mistake.LoopWithoutCarry;
        var output = step.Outputs.Length == 1 ? step.Outputs[0] : step.Outputs.FirstOrDefault(output => string.Equals(output.Name, carries[0].Name, StringComparison.OrdinalIgnoreCase));
        return output is { Nullable: false } && carries[0].Wrap == Wrap.None && output.Kind == flow.DeclaredKind(carries[0]) ? null : Mistake.CarryTypeMismatch;
    }

    private static Mistake? OfConditions(FlowSpec flow, StepSpec step)
    {
        foreach (var condition in step.Conditions)
        {
            var kind = flow.KindOf(condition.Decision);
            if (flow.IsNullable(condition.Decision) || kind.Values().IsEmpty) return Mistake.UndecidableType;
            if (condition.Values.Any(value => Kinds.Of(value) != kind)) return Mistake.BadDecisionValue;
            if (condition.Values.Distinct().Count() < condition.Values.Length) return Mistake.DuplicateDecisionValue;
            if (step.Conditions.Any(other => other.Decision == condition.Decision && other.IsOtherwise != condition.IsOtherwise)) return Mistake.ConflictingConditions;
        }
        return null;
    }

    /// <summary><c>[Otherwise]</c> is what the <c>[When]</c>s of the flow leave: there must be some, and something left.</summary>
    private static Mistake? OfOtherwise(FlowSpec flow)
    {
        var conditions = flow.Steps.SelectMany(step => step.Conditions).ToLookup(condition => condition.Decision);
        foreach (var decision in conditions.Where(decision => decision.Any(condition => condition.IsOtherwise)))
        {
            var mentioned = decision.SelectMany(condition => condition.Values).Distinct().Count();
            if (mentioned == 0 || mentioned == flow.KindOf(decision.Key).Values().Length) return Mistake.EmptyOtherwise;
        }
        return null;
    }
}
