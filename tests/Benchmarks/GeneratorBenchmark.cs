using Benchmarks.Measuring;
using Microsoft.CodeAnalysis;

namespace Benchmarks;

/// <summary>What the generator adds to a clean build, fingerprints included, and to every edit, against what the compiler needs for the same source anyway.</summary>
internal static class GeneratorBenchmark
{
    public static async Task RunAsync(Settings settings, Table table)
    {
        foreach (var steps in settings.Steps) await RunAsync(FlowProject.Plain(steps), $"{steps} steps", settings, table);
        await RunAsync(FlowProject.Rich(settings.Steps[^1]), $"{settings.Steps[^1]} steps of every construct", settings, table);
    }

    private static async Task RunAsync(FlowProject project, string name, Settings settings, Table table)
    {
        var warm = FlowProject.Driver(inEditor: true).RunGenerators(project.Start);
        if (warm.GetRunResult() is not { Diagnostics.IsEmpty: true, GeneratedTrees.IsEmpty: false })
            throw new InvalidOperationException("The flow does not compile: " + warm.GetRunResult().Diagnostics.FirstOrDefault());

        var edits = new (string What, Func<Compilation> Make, int Bar)[]
        {
            ("edit of another file", project.EditOtherFile, 10),
            ("edit of a step's body", project.EditBody, 10),
            ("edit of a declaration", project.EditDeclaration, 100),
        };
        // A driver is immutable: every edit starts from the same warm one. A compilation remembers what was bound: every round gets a new one.
        Compilation next = project.Start;
        var times = await Measure.MediansAsync(settings.Rounds * 3,
        [
            new(() => Task.FromResult(FlowProject.Driver(inEditor: false).RunGenerators(next)), () => next = project.Fresh()),
            new(() => Task.FromResult(next.GetDiagnostics()), () => next = project.Fresh()),
            .. edits.Select(edit => new Body(() => Task.FromResult(warm.RunGenerators(next)), () => next = edit.Make())),
        ]);
        table.Add($"generator, {name}, clean", Text.Milliseconds(times[0]), $"compiling without it: {Text.Milliseconds(times[1])}", times[0] / times[1],
            "<= 1,000 ms", times[0].TotalMilliseconds <= 1_000);
        for (var i = 0; i < edits.Length; i++)
        {
            var time = times[i + 2];
            table.Add($"generator, {name}, {edits[i].What}", Text.Milliseconds(time), $"clean: {Text.Milliseconds(times[0])}", time / times[0], $"<= {edits[i].Bar} ms", time.TotalMilliseconds <= edits[i].Bar);
        }
    }
}
