using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0303, FG0305, FG0308 and FG0310 to FG0312 and FG0413: what <see cref="Scopes"/> found, in words.</summary>
internal sealed class ScopeRules(Scopes scopes, IReadOnlyList<SourceDeclaration> dimensions, FlowContext context)
{
    public void Report(ScopeProblem problem)
    {
        var step = context.Steps[problem.Step];
        var input = step.Inputs[problem.Input];
        var other = problem.Other < 0 ? null : step.Inputs[problem.Other];
        switch (problem.Kind)
        {
            case ScopeProblemKind.Repeated:
                context.Report(Descriptors.RepeatedForEach, input.Parameter.Place(), [other!.Parameter.Place()],
                    input.Parameter.Name, step.Name, input.Source!.Name, other.Parameter.Name);
                break;
            case ScopeProblemKind.SilentMultiplication:
                Multiplication(problem, step, input, other!);
                break;
            case ScopeProblemKind.Scattered:
                Scattered(problem, step, input);
                break;
            case ScopeProblemKind.NothingToGather:
                NothingToGather(problem, step, input);
                break;
            case ScopeProblemKind.AmbiguousGather:
                AmbiguousGather(problem, step, input);
                break;
            case ScopeProblemKind.ForeignOver:
                var names = problem.Dimensions.Select(dimension => dimensions[dimension].Name).ToList();
                context.Report(Descriptors.ForeignOver, input.Binding!.ArgumentPlace(0, "Over"), [input.Source!.Place], Repair.Of(Repair.Text, [.. problem.Dimensions.Select(dimension => dimensions[dimension].Reference)]),
                    input.Parameter.Name, step.Name, input.Over!, input.Source.Description, Names(problem.Dimensions),
                    Spelling.Close(input.Over!, names).FirstOrDefault() is { } meant ? $"did you mean '{meant}'?" : "write " + string.Join(" or ", problem.Dimensions.Select(dimension => dimensions[dimension].Reference)));
                break;
            case ScopeProblemKind.Order:
                var otherStep = context.Steps[problem.OtherStep];
                context.Report(Descriptors.DimensionOrder, input.Parameter.Place(), [otherStep.Place], Repair.Of(Repair.Swap, other!.Parameter.Name),
                    step.Name, dimensions[problem.Dimensions[0]].Name, dimensions[problem.Dimensions[1]].Name, otherStep.Name, input.Parameter.Name, other.Parameter.Name);
                break;
        }
    }

    private void Multiplication(ScopeProblem problem, StepDeclaration step, InputDeclaration input, InputDeclaration other)
    {
        var isGather = input.Kind == ArgumentKind.Gather;
        var found = $"{(isGather ? "is collected" : "exists")} for each item of {Names(problem.Dimensions)}{Path(Largest(input), problem.Dimensions[0])}";
        var missing = string.Join(" and ", problem.Dimensions.Select(dimension => $"[ForEach({dimensions[dimension].Reference})]"));
        var items = step.Inputs.Where(i => i.Kind == ArgumentKind.Item).ToList();
        var (anchor, pairs) = items.Count > 0
            ? ($"the step runs for each item of {Quoted(items.Select(item => item.Source!.Name))}", $"add a parameter with {missing} to run for all pairs")
            : ($"input '{other.Parameter.Name}' exists for each item of {Names(Anchor(other))}", "add a parameter with [ForEach] for each of these to run for all pairs");
        context.Report(Descriptors.SilentMultiplication, input.Parameter.Place(), [other.Parameter.Place()],
            input.Parameter.Name, step.Name, found, anchor, isGather ? "remove Over" : $"add [Gather] to take all of '{input.Parameter.Name}'", pairs);
    }

    /// <summary>How a dimension came to a step that does not iterate it itself, such as <c> (grid -> fit -> score)</c>.</summary>
    private string Path(int step, int dimension)
    {
        var path = new List<string>();
        while (true)
        {
            path.Insert(0, context.Steps[step].Name);
            var inputs = context.Steps[step].Inputs;
            if (inputs.Any(input => input.Kind == ArgumentKind.Item && input.Source == dimensions[dimension])) break;
            step = inputs.SelectMany(input => input.Producers).First(producer => scopes[producer].Contains(dimension));
        }
        return path.Count == 1 ? "" : $" ({string.Join(" -> ", path.Prepend(dimensions[dimension].Name))})";
    }

    private void Scattered(ScopeProblem problem, StepDeclaration step, InputDeclaration input)
    {
        var outside = input.Alternatives.First(alternative => scopes[alternative.Producer!.Id].Contains(problem.Dimensions[0]));
        var other = input.Alternatives.First(alternative => !scopes[alternative.Producer!.Id].Contains(problem.Dimensions[0]));
        context.Report(Descriptors.ScatteredAlternatives, input.Parameter.Place(), [outside.Place, other.Place], input.Parameter.Name, step.Name,
            outside.Name, Names(scopes[outside.Producer!.Id]), other.Name, scopes[other.Producer!.Id].Count == 0 ? "once" : $"for each item of {Names(scopes[other.Producer!.Id])}");
    }

    /// <summary>The step that makes an input, of alternatives the one that exists most often.</summary>
    private int Largest(InputDeclaration input) => input.Producers.OrderByDescending(id => scopes[id].Count).First();

    private IReadOnlyList<int> Anchor(InputDeclaration input)
    {
        var producer = Largest(input);
        return input.OverSource is { } over ? scopes.Remaining(producer, dimensions.ToList().IndexOf(over)) : scopes[producer];
    }

    private void NothingToGather(ScopeProblem problem, StepDeclaration step, InputDeclaration input)
    {
        var left = problem.Dimensions.Count == 0 ? [] : scopes.Gathered(input.Source!.Producer!.Id, problem.Dimensions);
        var (found, edit) = problem.Dimensions.Count == 0
            ? ("which exists only once", "remove [Gather], or add [ForEach] to what makes it")
            : ($"which the step meets item by item, since it runs for each item of {Names(problem.Dimensions)} too",
                (left.Count == 0 ? "" : $"remove Over to collect over {Names(left)}, or ") + "gather it in a step of its own");
        context.Report(Descriptors.NothingToGather, input.Parameter.Place(), [input.Source!.Place], Repair.None.WithoutShape(input, "Gather"),
            input.Parameter.Name, step.Name, input.Source.Description, found, edit);
    }

    private void AmbiguousGather(ScopeProblem problem, StepDeclaration step, InputDeclaration input)
    {
        var gathered = problem.Dimensions;
        var candidates = gathered.Where(dimension => gathered.Any(related => scopes.IsNested(dimension, related) || scopes.IsNested(related, dimension))).ToList();
        context.Report(Descriptors.AmbiguousGather, input.Parameter.Place(), [input.Source!.Place],
            Repair.Of(Repair.Binding, [.. candidates.Select(over => $"Gather({input.Source.Reference}, Over = {dimensions[over].Reference})")]),
            input.Parameter.Name, step.Name, input.Source.Description, Names(gathered), string.Join(", or ", candidates.Select(Meaning)));

        string Meaning(int over)
        {
            var left = scopes.Remaining(input.Source.Producer!.Id, over).Where(gathered.Contains).ToList();
            return $"Over = {dimensions[over].Reference} for {(left.Count == 0 ? "a list of all" : $"a list for each item of {Names(left)}")}";
        }
    }

    private string Names(IEnumerable<int> numbers) => Quoted(numbers.Select(number => dimensions[number].Name));

    private static string Quoted(IEnumerable<string> names) => string.Join(" and ", names.Select(name => $"'{name}'"));
}
