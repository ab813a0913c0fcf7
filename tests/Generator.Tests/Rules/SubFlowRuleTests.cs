using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>What the pages of the rules about sub-flows do not show.</summary>
public class SubFlowRuleTests
{
    private const string One = "[Flow] public partial class One { [Parameter] public int X { get; init; } [Step, Output] public int A() => X; } ";
    private const string Two = "[Flow] public partial class Two { [Step, Output] public (int a, string both) Make() => (1, \"\"); } ";

    [Theory]
    [InlineData("[Flow] public partial class F { [SubFlow] public void P() { } }", "FG0121 step 'p' is a [SubFlow] but returns nothing; return an object of a class marked with [Flow]")]
    [InlineData(One + "[Flow] public partial class F { [SubFlow] public One? P() => null; }", "FG0121 step 'p' is a [SubFlow] but returns 'One?', which may be null; return 'One'")]
    [InlineData("[Flow] public partial class F { [SubFlow] public Task<string> P() => null!; }", "FG0121 step 'p' is a [SubFlow] but returns 'string', which is no flow; return an object of a class marked with [Flow], or write [Step]")]
    [InlineData("[Flow] public partial class F { [SubFlow] public F P() => new(); }", "FG0123 flow 'F' contains itself (F -> F) and would never end; remove step 'p', or another on the way")]
    [InlineData("[Flow] public partial class A { [SubFlow] public B P() => new(); } [Flow] public partial class B { [SubFlow, Output] public C P() => new(); } [Flow] public partial class C { [SubFlow, Output] public A P() => new(); }",
        "FG0123 flow 'A' contains itself (A -> B -> C -> A) and would never end; remove step 'p', or another on the way")]
    [InlineData(One + "[Flow] public partial class F { [SubFlow, Timeout(\"1m\"), Isolated, Environment(\"A\", \"1\"), Environment(\"B\", \"2\")] public One P() => new(); }",
        "FG0124 step 'p' is a sub-flow, which has no attempts of its own, so [Timeout] has no effect; put it on the steps of 'One' that need it",
        "FG0124 step 'p' is a sub-flow, which has no attempts of its own, so [Isolated] has no effect; put it on the steps of 'One' that need it",
        "FG0124 step 'p' is a sub-flow, which has no attempts of its own, so [Environment] has no effect; put it on the steps of 'One' that need it",
        "FG0124 step 'p' is a sub-flow, which has no attempts of its own, so [Environment] has no effect; put it on the steps of 'One' that need it")]
    [InlineData("[Flow] public partial class F { [Step] public int A() => 1; [Output] public int B() => 1; }", "FG0120 [Output] on 'B' has no effect because 'B' is no step; add [Step] to 'B', or remove it")]
    [InlineData("public class F { [SubFlow] public int A() => 1; }", "FG0120 [SubFlow] on 'A' has no effect because 'F' is no flow; mark 'F' with [Flow], or make it abstract for flows to derive from")]
    [InlineData(Two + "[Flow] public partial class F { [SubFlow] public Two P() => new(); [Step] public int Q([From(nameof(P))] int p) => p; }",
        "FG0203 input 'p' of step 'q' names step 'p', which makes 2 artifacts; name one of them: \"p.a\", \"p.both\"")]
    [InlineData(Two + "[Flow] public partial class F { [SubFlow] public Two P() => new(); [Step] public int Q([From(nameof(P), \"zebra\")] int p, [From(nameof(P), \"boht\")] int q) => p; }",
        "FG0202 input 'p' of step 'q' names 'zebra', which is no artifact, step or parameter; step 'p' makes 'a', 'both'", "FG0202 input 'q' of step 'q' names 'boht', which is no artifact, step or parameter; did you mean 'both'?")]
    [InlineData(Two + "[Flow] public partial class F { [SubFlow] public Two P() => new(); [Step] public int Q(int p) => p; }",
        "FG0201 input 'p' of step 'q' has no source, no artifact or parameter has this name; step 'p' makes 'p.a', 'p.both'; name one of them")]
    [InlineData("[Flow] public partial class None { [Step] public int A() => 1; } [Flow] public partial class F { [SubFlow] public None P() => new(); [Step] public int Q(int p) => p; }",
        "FG0122 input 'p' of step 'q' takes the result of sub-flow 'p', but flow 'None' marks none; add [Output] to the step of 'None' that makes it")]
    [InlineData(One + "[Flow] public partial class F { [SubFlow] public One P() => new(); [Step] public int Q(string p) => 1; }",
        "FG0204 input 'p' of step 'q' is 'string', but artifact 'p' of step 'p' is 'int'; change the input to 'int', or take another with [From(...)]")]
    [InlineData(Two + "[Flow] public partial class F { [SubFlow] public Two P() => new(); [Step] public int Pa() => 1; }",
        "FG0116 step 'pa' has the name of artifact 'p.a' of step 'p'; rename one of them")]
    [InlineData("[Flow] public partial class F { [Parameter] public int[] X { get; init; } = []; [Step] public bool B([ForEach(nameof(X))] int x) => true; [Step, Output, When(nameof(B))] public int A([ForEach(nameof(X))] int x) => x; }",
        "FG0420 step 'a' is an [Output] but runs for each item of 'x', and whoever runs the flow gets one value; collect it in a step with [Gather] 'a' and mark that one",
        "FG0421 step 'a' is an [Output] but runs only when b is true, and whoever runs the flow always gets it; take 'a' and what is made otherwise in a step with [OneOf] or a nullable input, and mark that one")]
    public Task Flows_WithAMistake_AreToldInTheseWords(string source, params string[] expected) => Telling.AssertAsync(source, expected);

    [Theory]
    [InlineData(One + "[Flow] public partial class F { [SubFlow] public One P() => new(); }")]
    [InlineData("[Flow] public partial class None { [Step] public int A() => 1; } [Flow] public partial class F { [SubFlow] public None P() => new(); [Step, After(nameof(P))] public int Q() => 1; }")]
    [InlineData(One + "[Flow] public partial class F { [Parameter] public bool B { get; init; } [Step] public int[] L() => [1]; [SubFlow, When(nameof(B))] public One P([ForEach(nameof(L), MaxParallel = 2)] int l) => new() { X = l }; [Step] public int Q([Gather(nameof(P), MinSuccess = 0.5)] int[] p) => 1; }")]
    [InlineData("public abstract class Base { [SubFlow, Output] protected virtual One P() => new(); } " + One + "[Flow] public partial class F : Base { protected override One P() => new() { X = 2 }; [Step] public int Q(int p) => p; }")]
    [InlineData("[Flow] public partial class In { [Parameter] public InputFile? File { get; init; } [Parameter] public required Secret<string> Token { get; init; } [Step, Output] public int A() => 1; } [Flow] public partial class F { [Parameter] public InputFile File { get; init; } = \"a\"; [Parameter] public required Secret<string> Token { get; init; } [SubFlow] public In P() => new() { File = File, Token = Token }; [SubFlow] public static In Q(InputFile file, Secret<string> token) => new() { File = file, Token = token }; }")]
    public Task Flows_WithoutAMistake_AreClean(string source) => Telling.AssertAsync(source);
}
