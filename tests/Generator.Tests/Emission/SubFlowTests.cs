using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Emission;

/// <summary>Flows that run other flows as steps: of the same compilation, of another one, and of each other.</summary>
public class SubFlowTests
{
    private const string Inner = """
        namespace Prepare;

        public sealed record Feature(string Name, double Value);

        [Flow]
        public partial class PrepareFlow
        {
            [Parameter] public required string[] Raw { get; init; }
            [Parameter] public double Scale { get; init; } = 1;
            [Step] public Feature Clean([ForEach(nameof(Raw))] string raw) => new(raw, raw.Length * Scale);
            [Step, Output] private (Feature[] features, int? count) Collect([Gather(nameof(Clean))] Feature[] all) => (all, all.Length);
            [Step, Output] public string Title(int? count) => $"{count}";
        }

        [Flow]
        public partial class OneFlow
        {
            [Parameter] public string Word { get; init; } = "one";
            [Step(Makes = "only"), Output] public int Length() => Word.Length;
        }
        """;

    private const string Outer = """
        using Prepare;

        [Flow]
        public partial class TrainFlow
        {
            [Parameter] public double Factor { get; init; } = 2;
            [Step] public string[] Load() => ["a", "bb"];
            [SubFlow] public PrepareFlow Prepare(string[] load) => new() { Raw = load, Scale = Factor };
            [SubFlow] private static async Task<OneFlow> Measure([From(nameof(Prepare), "title")] string title) { await Task.Yield(); return new() { Word = title }; }
            [Step] public string Describe([ForEach(nameof(Prepare), "Features")] Feature feature, int measure) => $"{feature.Name}{measure}";
            [Step] public int Count([From("prepare.count")] int? count, [Gather] string[] describe) => (count ?? 0) + describe.Length;
            [SubFlow, Loop(nameof(IsShort), Max = 4)] public OneFlow Grow([Carry(nameof(Measure))] int grow) => new() { Word = new('x', grow + 1) };
            private static bool IsShort(int grow) => grow < 4;
            [SubFlow, Output] public OneFlow Again(int grow) => new() { Word = "again" };
        }

        [Flow]
        public partial class WholeFlow
        {
            [SubFlow] public TrainFlow Train() => new();
            [Step] public int Take(int train) => train;
        }
        """;

    [Fact]
    public void SubFlow_OfThisCompilation_IsAStepWithTheOutputsAsArtifacts()
    {
        var program = new Loaded(Inner, Outer);
        var flow = program.Definition("TrainFlow");
        var prepare = flow.Steps.Single(step => step.Name == "prepare");

        Assert.Equal(["load", "prepare.features", "prepare.count", "prepare.title", "measure", "describe", "count", "grow", "again"], flow.Steps.SelectMany(step => flow.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount)).Select(artifact => artifact.Name).OrderBy(name => Array.IndexOf(["load", "prepare.features", "prepare.count", "prepare.title", "measure", "describe", "count", "grow", "again"], name)));
        Assert.Equal("prepare", prepare.SubFlow!.Flow.Name);
        Assert.Equal(["features", "count", "title"], prepare.SubFlow.Outputs.Select(output => prepare.SubFlow.Flow.Artifacts[output].Name));
        Assert.Equal([("Feature[]", false), ("int?", true), ("string", false)], flow.Artifacts.Skip(prepare.FirstArtifact).Take(3).Select(artifact => (artifact.TypeName, artifact.Nullable)));
        Assert.Equal("only", flow.Steps.Single(step => step.Name == "measure").SubFlow is { } one ? one.Flow.Artifacts[one.Outputs[0]].Name : null);
        Assert.Equal(0, flow.Steps.Single(step => step.Name == "grow").Loop!.Output);
        Assert.Equal("prepare.features", flow.Dimensions.Single().Name);
        Assert.Equal(["again"], program.Definition("WholeFlow").Steps[0].SubFlow is { } train ? train.Outputs.Select(output => train.Flow.Artifacts[output].Name) : []);
    }

    [Fact]
    public async Task SubFlow_Method_ReadsParametersAndGivesTheOtherFlows()
    {
        var program = new Loaded(Inner, Outer);
        var flow = program.Definition("TrainFlow");
        var prepare = flow.Steps.Single(step => step.Name == "prepare");
        var frame = new StepFrame(flow.Create([3.0]), [new[] { "x" }], 1, new FakeContext("prepare"), default);
        await prepare.Invoke(frame);

        Assert.Equal([new[] { "x" }, 3.0], prepare.SubFlow!.Flow.ReadParameters(frame.Outputs[0]!));
    }

    [Fact]
    public void Client_OfAFlowWithSubFlows_HasAMemberForEachOutput()
    {
        var program = new Loaded(Inner, Outer);
        var run = program.Assembly.GetType("TrainFlow+Run")!;

        Assert.Equal("RunArtifact`1", run.GetProperty("PrepareFeatures")!.PropertyType.Name);
        Assert.Equal(typeof(FlowGen.RunArtifact<int>), run.GetProperty("Measure")!.PropertyType);
        Assert.Equal("again", ((FlowOutputAttribute)run.GetProperty("Again")!.GetCustomAttributes(typeof(FlowOutputAttribute), false).Single()).Artifact);
    }

    /// <summary>A reference assembly has no private members: outputs are known by what the generated code announces.</summary>
    [Fact]
    public void SubFlow_OfAReferencedAssembly_HasTheSameArtifacts()
    {
        using var image = new MemoryStream();
        var library = Compiler.Compile(Compiler.Compilation(Inner).WithAssemblyName("Library")).AssertClean().Output;
        Assert.True(library.Emit(image, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true, includePrivateMembers: false), cancellationToken: TestContext.Current.CancellationToken).Success);
        var program = Compiler.Compilation(Outer).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        var source = Compiler.Compile(program).AssertClean().Source("TrainFlow.g.cs");
        Assert.Contains("SubFlow = global::FlowGen.CompilerServices.SubFlowDefinition.Of<global::Prepare.PrepareFlow>(\"features\", \"count\", \"title\"),", source, StringComparison.Ordinal);
        Assert.Contains("global::FlowGen.CompilerServices.SubFlowDefinition.Output<global::Prepare.PrepareFlow>(\"count\", \"prepare.count\"),", source, StringComparison.Ordinal);
        Assert.Contains("RunArtifact<int?> PrepareCount =>", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Containment_OfAnOutput_IsNoneEvenIfItsConsumersAcceptFailures()
    {
        var program = new Loaded("""
            [Flow]
            public partial class F
            {
                [Step] public int A() => 1;
                [Step, Output] public int B() => 1;
                [Step] public int C(Outcome<int> a, Outcome<int> b) => 1;
            }
            """);

        Assert.Equal([true, false, false], program.Definition("F").Steps.OrderBy(step => step.Name, StringComparer.Ordinal).Select(step => step.Contained));
    }
}
