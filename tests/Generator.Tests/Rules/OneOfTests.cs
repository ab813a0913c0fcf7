using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>Alternatives: what is wrong with them in all its shapes, and what is right although it looks alike.</summary>
public class OneOfTests
{
    /// <summary>A choice inside a choice: <c>deep</c> decides whether <c>kind</c> is made.</summary>
    private const string Nested = """
        public enum K { Tree, Net, Line } [Parameter] public bool Deep { get; init; } [Parameter] public string Region { get; init; } = "eu";
        [Step, When(nameof(Deep))] public K Kind() => K.Tree;
        [Step, When(nameof(Kind), K.Tree)] public string Tree() => ""; [Step, When(nameof(Kind), K.Net)] public string Net() => ""; [Step, Otherwise(nameof(Kind))] public string Line() => "";
        [Step, When(nameof(Deep), false)] public string Flat() => "";
        """;

    private const string Grid = "[Step] public int[] Grid() => [1]; [Step] public int[] Days() => [1]; [Parameter] public bool Fast { get; init; } ";

    [Theory]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), \"nte\")] string x) { }", "FG0202 input 'x' of step 'p' names 'nte', which is no artifact, step or parameter; did you mean 'net'?")]
    [InlineData(Nested + "[Step] public (int a, int b) Two() => (1, 2); [Step] public void P([OneOf(nameof(Tree), nameof(Two))] string x, int a, int b) { }",
        "FG0203 input 'x' of step 'p' names step 'two', which makes 2 artifacts; name one of them: \"a\", \"b\"")]
    [InlineData(Nested + "[Step] public void P([OneOf] string x) { }", "FG0410 input 'x' of step 'p' has [OneOf] with no alternative, expected two or more artifacts of which one is made; name two or more artifacts")]
    [InlineData(Nested + "[Step] public void P([OneOf(null!)] string x) { }", "FG0410 input 'x' of step 'p' has [OneOf] with no alternative, expected two or more artifacts of which one is made; name two or more artifacts")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), null!)] string x) { }", "FG0410 input 'x' of step 'p' has [OneOf] with null, expected two or more artifacts of which one is made; name an artifact")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), \"tree\")] string x) { }",
        "FG0410 input 'x' of step 'p' has [OneOf] with artifact 'tree' of step 'tree' twice, expected two or more artifacts of which one is made; remove it once, or name another artifact")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Region))] string x) { }",
        "FG0410 input 'x' of step 'p' has [OneOf] with parameter 'region', which is always there, expected two or more artifacts of which one is made; take it as an input of its own")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Net)), From(nameof(Line))] string x) { }",
        "FG0208 input 'x' of step 'p' has [OneOf] and [From], expected one of them; remove all but one")]
    [InlineData(Nested + "[Step, When(nameof(Kind), K.Net)] public int Number() => 1; [Step] public void P([OneOf(nameof(Tree), nameof(Number))] string? x) { }",
        "FG0204 input 'x' of step 'p' is 'string?', but artifact 'number' of step 'number' is 'int'; change the input to 'int', or take another with [From(...)]")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Net))] string x) { }",
        "FG0412 input 'x' of step 'p' takes one of 'tree', 'net', but none is made when kind is Line; add an alternative for it, or take 'string?'")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Flat))] Outcome<string> x) { }",
        "FG0412 input 'x' of step 'p' takes one of 'tree', 'flat', but none is made when deep is true and kind is Net; add an alternative for it")]
    [InlineData(Nested + "[Step, When(nameof(Region), \"eu\")] public string Eu() => \"\"; [Step] public void P([OneOf(nameof(Tree), nameof(Eu))] string x) { }",
        "FG0411 input 'x' of step 'p' takes one of 'tree' and 'eu', but both can be made ('tree' when deep is true and kind is Tree, 'eu' when region is eu); let them depend on different values of one decision")]
    [InlineData(Nested + "[Step, When(nameof(Kind), K.Net)] public string? Maybe() => null; [Step] public void P([OneOf(nameof(Tree), nameof(Maybe))] string? x) { }",
        "FG0412 input 'x' of step 'p' takes one of 'tree', 'maybe', but none is made when kind is Line; add an alternative for it, or take 'Optional<string?>'")]
    [InlineData(Nested + "[Step, When(nameof(Deep), false)] public string P([OneOf(nameof(Tree), nameof(Net), nameof(Line))] string x) => x;",
        "FG0409 step 'p' can never run, since it needs 'deep' to be false (p) and true (kind -> tree -> p); make an input nullable or Optional<T>, merge the branches with [OneOf], or change a condition")]
    [InlineData(Nested + "[Step] public string P([OneOf(nameof(Tree), nameof(P))] string? x) => \"\";", "FG0211 step 'p' waits for itself (p -> p); remove one of these dependencies")]
    [InlineData(Grid + "[Step, When(nameof(Fast))] public int A([ForEach(nameof(Grid))] int g) => g; [Step, When(nameof(Fast), false)] public int B() => 1; [Step] public int C([ForEach(nameof(Days))] int d, [OneOf(nameof(B), nameof(A))] int x) => x;",
        "FG0305 input 'x' of step 'c' exists for each item of 'grid', but the step runs for each item of 'days'; add [Gather] to take all of 'x', or add a parameter with [ForEach(nameof(Grid))] to run for all pairs")]
    public Task Alternatives_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => Telling.AssertMembersAsync(members, expected);

    [Theory]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Net), nameof(Line), nameof(Flat))] string x) { }")]
    [InlineData(Nested + "[Step] public string Any([OneOf(nameof(Tree), nameof(Net), nameof(Line))] string x) => x; [Step] public void P([OneOf(nameof(Flat), nameof(Any))] string x) { }")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Net))] string? x) { }")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Tree), nameof(Net))] Optional<object> x) { }")]
    [InlineData(Nested + "[Step] public void P([OneOf(nameof(Flat), nameof(Tree), nameof(Net), nameof(Line))] Artifact<string> x, [OneOf(nameof(Net), nameof(Flat))] string? y) { }")]
    [InlineData(Grid + "[Step, When(nameof(Fast))] public int A([ForEach(nameof(Grid))] int g) => g; [Step, When(nameof(Fast), false)] public int B() => 1; [Step] public int C([OneOf(nameof(B), nameof(A))] int x) => x; [Step] public int D([Gather(nameof(C))] int[] all) => 1;")]
    public Task Alternatives_ThatAreSound_AreClean(string members) => Telling.AssertMembersAsync(members);
}
