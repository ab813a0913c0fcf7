using Language.Tests.Flows;
using static Language.Tests.Mutations.TextMutation;

namespace Language.Tests.Mutations;

/// <summary>Flows, steps, names and parameters that are declared wrongly.</summary>
internal static class DeclarationMistakes
{
    public static IReadOnlyList<TextMutation> All { get; } =
    [
        new("drop 'partial'", "MissingPartial", (_, code) => code.Replace("public partial class", "public class", StringComparison.Ordinal)),
        new("make the flow generic", "UnsupportedFlowKind", (flow, code) => code.Replace($"class {flow.Name}", $"class {flow.Name}<T>", StringComparison.Ordinal)),
        new("make the flow abstract", "UnsupportedFlowKind", (_, code) => code.Replace("public partial", "public abstract partial", StringComparison.Ordinal)),
        new("make the flow a record", "UnsupportedFlowKind", (_, code) => code.Replace("partial class", "partial record", StringComparison.Ordinal)),
        new("nest the flow in a closed class", "NestedInClosedType", (flow, code) => $"public class {flow.Name}Outer\n{{\n{code}}}\n"),
        new("disable nullable annotations", "NullableDisabled", (_, code) => "#nullable disable\n" + code + "#nullable restore\n"),
        new("remove all steps", "NoSteps", (flow, _) => FlowRenderer.Render(flow with { Steps = [] })),
        new("give two flows one name", "DuplicateFlowName", (flow, code) => code.Replace("[Flow]", $"[Flow(\"{flow.Name.ToLowerInvariant()}\")]", StringComparison.Ordinal)
            + $"[Flow(\"{flow.Name.ToLowerInvariant()}\")] public partial class {flow.Name}Again {{ [Step] public static int One() => 1; }}\n"),
        Attribute("name the flow in capitals", "BadFlowName", "[Flow(\"Two Words\")]"),
        new("ask for constructor arguments", "MissingConstructor", (flow, code) => Added(code, $"public {flow.Name}(int seed) {{ }}")),
        Member("require a member", "RequiredMember", "public required int Seed { get; init; }"),
        new("derive from a flow", "DerivedFlow", (flow, code) => $"{code}[Flow] public partial class {flow.Name}Derived : {flow.Name} {{ }}\n"),
        new("overload a step", "OverloadedStep", (flow, code) => Added(code, $"[Step] public static long {flow.Steps[0].Method}(Guid one, Guid two) => 1;")),
        Member("make a step generic", "UnsupportedStepSignature", "[Step] public static long Zeta<T>() => 1;"),
        Input("take an input by reference", "UnsupportedStepSignature", Kind.Number, "[From(\"{0}\")] ref long one"),
        Member("return async void", "AsyncVoidStep", "[Step] public static async void Zeta() => await Task.Yield();"),
        new("make an inherited step private", "UnreachableBaseStep", (flow, _) =>
            FlowRenderer.Render(flow with { Inherited = 1, Steps = flow.Steps.SetItem(0, flow.Steps[0] with { Home = Home.Base }) }) is var code && InheritedStep.IsMatch(code) ? InheritedStep.Replace(code, "private $1", 1) : null),
        new("hide an inherited step", "UnreachableBaseStep", (flow, _) =>
            Added(FlowRenderer.Render(flow with { Inherited = 1, Steps = flow.Steps.SetItem(0, flow.Steps[0] with { Home = Home.Base }) }), $"public new void {flow.Steps[0].Method}() {{ }}")),
        Member("name half a tuple", "PartlyNamedTuple", "[Step] public static (long zero, long) Zeta() => (1, 2);"),
        new("make an artifact twice", "NameCollision", (flow, code) => flow.Steps[0].Outputs.IsEmpty ? null : Added(code, $"[Step(Makes = \"{flow.Steps[0].Outputs[0].Name}\")] public static long Zeta() => 1;")),
        new("name a parameter like a step", "NameCollision", (flow, code) => Added(code, $"[Parameter] public int {flow.Steps[0].Name.ToUpperInvariant()} {{ get; init; }}")),
        Member("take a reserved name", "ReservedName", "[Step(Makes = \"getType\")] public static long Zeta() => 1;"),
        Member("declare a generated member", "ReservedMember", "public static int Runs => 1;"),
        Member("make nothing nameable", "BadMakes", "[Step(Makes = \"two words\")] public static long Zeta() => 1;"),
        Member("make a delegate", "LiveArtifact", "[Step] public static Action Zeta() => () => { };"),
        Member("make a stream", "LiveArtifact", "[Step] public static System.IO.Stream Zeta() => null!;"),
        Member("make an object", "UntypedArtifact", "[Step] public static object Zeta() => 1;"),
        Member("make a lazy sequence", "LazyArtifact", "[Step] public static IEnumerable<int> Zeta() => [1];"),
        Member("make a handle", "ShapeArtifact", "[Step] public static Optional<int> Zeta() => default;"),
        Member("take code as a parameter", "LiveArtifact", "[Parameter] public Action? Odd { get; init; }"),
        Member("never set a parameter", "ParameterNotSettable", "[Parameter] public int Odd { get; }"),
        Member("take the name of an option", "ReservedOptionName", "[Parameter] public bool Json { get; init; }"),
        Member("require what has a default", "RequiredWithDefault", "[Parameter] public required int Odd { get; init; } = 3;"),
        Member("write a secret down", "SecretWithDefault", "[Parameter] public Secret<string> Odd { get; init; } = new(\"open\");"),
        Member("check a text by a range", "BadValidation", "[Parameter, Range(1, 2)] public string Odd { get; init; } = \"\";"),
        Member("check what is not checked", "UnsupportedValidation", "[Parameter, Url] public string Odd { get; init; } = \"\";"),
        Member("start outside a range", "BadDefault", "[Parameter, Range(1, 2)] public int Odd { get; init; } = 3;"),
    ];
}
