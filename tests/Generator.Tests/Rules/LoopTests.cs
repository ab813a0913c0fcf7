using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>Loops: what is wrong with them in all its shapes, and what is right although it looks alike.</summary>
public class LoopTests
{
    private const string Seed = "[Step] public double Start() => 1; ";

    private const string Go = " static bool Go(double x) => x > 0; ";

    [Theory]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 0)] public double I([Carry(nameof(Start))] double x) => x;", "FG0414 step 'i' has [Loop] with Max = 0, expected the most iterations there may be, 1 or more; write [Loop(..., Max = 100)]")]
    [InlineData("[Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x; bool Go => true;", "FG0415 step 'i' loops while 'Go', which is no method of the flow; write 'bool Go(double i)'")]
    [InlineData("static bool GoOn(double x) => x > 0; [Step, Loop(\"GoOm\", Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'GoOm', which is no method of the flow; did you mean 'GoOn'?")]
    [InlineData("[Step, Loop(null!, Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'null', which is no method of the flow; write 'bool KeepGoing(double i)'")]
    [InlineData("static bool Go(string x) => true; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'Go', which takes 'string', expected 'double'; write 'bool Go(double i)'")]
    [InlineData("static bool Go() => true; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'Go', which does not take exactly one value; write 'bool Go(double i)'")]
    [InlineData("static bool Go(in double x) => true; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'Go', which does not take exactly one value; write 'bool Go(double i)'")]
    [InlineData("static bool Go<T>(T x) => true; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'Go', which is generic; write 'bool Go(double i)'")]
    [InlineData("static Task<bool> Go(double x) => Task.FromResult(true); [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;",
        "FG0415 step 'i' loops while 'Go', which returns 'Task<bool>', expected 'bool'; write 'bool Go(double i)'")]
    [InlineData("[Step] public bool Go(double i) => true; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;", "FG0415 step 'i' loops while 'Go', which is a step itself; write a method without [Step]")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public void I([Carry(nameof(Start))] double x) { }", "FG0416 step 'i' has [Loop], but makes nothing to carry on; return the value that the next iteration starts from")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x, [Carry(nameof(Start))] double y) => x;",
        "FG0416 step 'i' has [Loop], but inputs 'x' and 'y' both carry on; carry one value, such as a record of all")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public (double a, double b) I([Carry(nameof(Start))] double x) => (x, x);",
        "FG0418 input 'x' of step 'i' carries on 'double', but the step makes 'a', 'b'; name it like the element that it carries on")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public (double a, int x) I([Carry(nameof(Start))] double x) => (x, 1);",
        "FG0418 input 'x' of step 'i' carries on 'double', but element 'x' is 'int'; give both the same type")]
    [InlineData(Go + "[Step] public string Text() => \"\"; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Text))] double x) => x;",
        "FG0204 input 'x' of step 'i' is 'double', but artifact 'text' of step 'text' is 'string'; change the input to 'string', or take another with [From(...)]")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(I))] double x) => x;", "FG0211 step 'i' waits for itself (i -> i); remove one of these dependencies")]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9)] public double I([Carry(\"strat\")] double x) => x;", "FG0202 input 'x' of step 'i' names 'strat', which is no artifact, step or parameter; did you mean 'start'?")]
    [InlineData("int Left { get; } = 3; double Twice => 2 * Left; bool Go(double x) => More(x) && x > Twice; bool More(double x) => x > Left; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x;",
        "FG0419 step 'i' asks 'Go' whether to go on, which uses 'Left' (i -> More), expected the result and parameters only; put it into the result, or make it a [Parameter]",
        "FG0419 step 'i' asks 'Go' whether to go on, which uses 'Left' (i -> Twice), expected the result and parameters only; put it into the result, or make it a [Parameter]")]
    [InlineData(Go + "public double Other([Carry(nameof(Start))] double x) => x;", "FG0120 [Carry] on 'x' has no effect because 'Other' is no step; add [Step] to 'Other', or remove it")]
    [InlineData(Go + "[Loop(nameof(Go), Max = 2)] public double Other(double x) => x;", "FG0120 [Loop] on 'Other' has no effect because 'Other' is no step; add [Step] to 'Other', or remove it")]
    public Task Loops_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => Telling.AssertMembersAsync(Seed + members, expected);

    [Fact]
    public Task Predicate_ThatIsPrivateInABase_CannotBeCalled() => Telling.AssertAsync(
        "public abstract class B { private static bool Go(double x) => x > 0; } [Flow] public partial class F : B { [Parameter] public double S { get; init; } [Step, Loop(\"Go\", Max = 2)] public double I([Carry(nameof(S))] double x) => x; }",
        "FG0415 step 'i' loops while 'Go', which the flow cannot call in 'B'; make it protected");

    [Theory]
    [InlineData(Go + "[Step, Loop(nameof(Go), Max = 9, StopAtMax = true)] public double I([Carry(nameof(Start))] double x) => x;")]
    [InlineData("[Step] public string Text() => \"\"; static bool Go(object x) => true; [Step, Loop(nameof(Go), Max = 9)] public async Task<string> IAsync([Carry(nameof(Text))] string x) { await Task.Yield(); return x; }")]
    [InlineData("static bool Go(double x) => true; static bool Go(string x) => true; [Step, Loop(nameof(Go), Max = 9)] public (int rounds, double x) I([Carry(nameof(Start))] double x) => (1, x);")]
    [InlineData("[Parameter] public int[] Seeds { get; init; } = []; [Step] public int One([ForEach(nameof(Seeds))] int s) => s; bool Go(int x) => x < Seeds.Length; [Step, Loop(nameof(Go), Max = 9)] public int I([Carry(nameof(One))] int x) => x;")]
    [InlineData("static readonly double s_limit = 3; const double Limit = 2; [Parameter] public double Eps { get; init; } double Twice => 2 * Eps; bool Go(double x) => x > Twice + Limit; [Step, Loop(nameof(Go), Max = 9)] public double I([Carry(nameof(Start))] double x) => x + s_limit;")]
    [InlineData("[Parameter] public bool Deep { get; init; } [Step, When(nameof(Deep))] public string? None() => null; static bool Go(string? x) => true; [Step, Loop(nameof(Go), Max = 9)] public string? I([Carry(nameof(None))] string? x) => x;")]
    public Task Loops_ThatAreSound_AreClean(string members) => Telling.AssertMembersAsync(Seed + members);
}
