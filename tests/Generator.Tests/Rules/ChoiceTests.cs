using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>Choices: what is wrong with them in all its shapes, and what is right although it looks alike.</summary>
public class ChoiceTests
{
    private const string Verdict = "public enum V { No, Hold, Yes, Ok = Yes } [Step] public V Assess() => V.Yes; ";

    [Theory]
    [InlineData("[Step, When(nameof(Asess), V.Yes)] public void Asess() { }", "FG0401 step 'asess' depends on 'Asess', which is a step that makes nothing; return the decision from 'asess'")]
    [InlineData("[Step] public (int a, int b) Split() => (1, 2); [Step, When(\"split\", 1)] public void P(int a, int b) { }",
        "FG0401 step 'p' depends on 'split', which is a step that makes 2 artifacts; name one of them: \"a\", \"b\"")]
    [InlineData("[Step, Otherwise(\"quality\")] public void P() { }", "FG0401 step 'p' depends on 'quality', which is no artifact, step or parameter; name one of 'assess'")]
    [InlineData("[Step] public V? Maybe() => null; [Step, When(nameof(Maybe), V.Yes)] public void P() { }",
        "FG0402 step 'p' depends on artifact 'maybe' of step 'maybe', which is 'V?', expected a bool, enum, integer or string that is never null; decide what null means and return 'V'")]
    [InlineData("[Parameter] public string? Mode { get; init; } [Step, When(nameof(Mode), \"fast\")] public void P() { }",
        "FG0402 step 'p' depends on parameter 'mode', which is 'string?', expected a bool, enum, integer or string that is never null; decide what null means and return 'string'")]
    [InlineData("public enum Empty; [Step] public Empty E() => default; [Step, Otherwise(nameof(E))] public void P() { }",
        "FG0402 step 'p' depends on artifact 'e' of step 'e', which is 'Empty', expected a bool, enum, integer or string that is never null; give it members")]
    [InlineData("[Step, When(nameof(Assess), null)] public void P() { }", "FG0403 step 'p' names null as a value of artifact 'assess' of step 'assess', expected a member of 'V'; write it like [When(nameof(Assess), V.No)]")]
    [InlineData("[Step, When(nameof(Assess))] public void P() { }", "FG0403 step 'p' names no value as a value of artifact 'assess' of step 'assess', expected a member of 'V'; write it like [When(nameof(Assess), V.No)]")]
    [InlineData("[Step, When(nameof(Assess), (V)7)] public void P() { }", "FG0403 step 'p' names 7 ('V') as a value of artifact 'assess' of step 'assess', expected a member of 'V'; write it like [When(nameof(Assess), V.No)]")]
    [InlineData("[Step, When(nameof(Assess), typeof(int))] public void P() { }", "FG0403 step 'p' names a type as a value of artifact 'assess' of step 'assess', expected a member of 'V'; write it like [When(nameof(Assess), V.No)]")]
    [InlineData("[Step] public byte Level() => 1; [Step, When(nameof(Level), 256)] public void P() { }", "FG0403 step 'p' names 256 ('int') as a value of artifact 'level' of step 'level', expected a number of type 'byte'; write it like [When(nameof(Level), 1)]")]
    [InlineData("[Step] public long Level() => 1; [Step, When(nameof(Level), 1.0)] public void P() { }", "FG0403 step 'p' names 1 ('double') as a value of artifact 'level' of step 'level', expected a number of type 'long'; write it like [When(nameof(Level), 1)]")]
    [InlineData("[Step] public string Text() => \"\"; [Step, When(nameof(Text), 'c')] public void P() { }", "FG0403 step 'p' names c ('char') as a value of artifact 'text' of step 'text', expected text; write it like [When(nameof(Text), \"text\")]")]
    [InlineData("[Step] public bool Good() => true; [Step, When(nameof(Good), 1)] public void P() { }", "FG0403 step 'p' names 1 ('int') as a value of artifact 'good' of step 'good', expected true or false; write it like [When(nameof(Good), true)]")]
    [InlineData("[Step, When(nameof(Assess), V.Yes, V.Ok)] public void P() { }", "FG0404 step 'p' names Yes twice as a value of artifact 'assess' of step 'assess'; remove it once, or name another value")]
    [InlineData("[Step] public long Level() => 1; [Step, When(nameof(Level), 1, 1L)] public void P() { }", "FG0404 step 'p' names 1 twice as a value of artifact 'level' of step 'level'; remove it once, or name another value")]
    [InlineData("[Step, When(nameof(Assess), V.Yes)] public void P() { } [Step, When(nameof(Assess), V.No, V.Hold)] public void Q() { } [Step, Otherwise(nameof(Assess))] public void R() { }",
        "FG0406 step 'r' has [Otherwise] on artifact 'assess' of step 'assess', but every value of it has a [When] (No, Hold, Yes); remove the step, or a value from a [When]")]
    [InlineData("[Step] public int Level() => 1; [Step, When(nameof(Level), 1)] public void P() { } [Step, When(nameof(Level), 2)] public void Q() { }",
        "FG0407 artifact 'level' of step 'level' has a [When] for 1 and 2, but none for anything else; add [Otherwise(nameof(Level))] to a step, or a [When] for the rest")]
    [InlineData("[Step, When(nameof(Assess), V.Yes)] public bool Inner() => true; [Step, Otherwise(nameof(Assess))] public int Other() => 1; [Step, When(nameof(Inner))] public void P(int other) { }",
        "FG0409 step 'p' can never run, since it needs 'assess' to be Yes (inner -> p) and No or Hold (other -> p); make an input nullable or Optional<T>, merge the branches with [OneOf], or change a condition")]
    [InlineData("[Step, When(nameof(Assess), V.Yes, V.No), When(nameof(Assess), V.Hold, V.No), When(nameof(Assess), V.Yes, V.Hold)] public void P() { }",
        "FG0409 step 'p' can never run, since it needs 'assess' to be No or Yes (p) and No or Hold (p) and Hold or Yes (p); remove one of its conditions")]
    [InlineData("[Step, When(nameof(P))] public bool P() => true;", "FG0211 step 'p' waits for itself (p -> p); remove one of these dependencies")]
    public Task Choices_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => Telling.AssertMembersAsync(Verdict + members, expected);

    [Theory]
    [InlineData("[Step, When(nameof(Assess), V.Yes, V.No)] public void P() { }")]
    [InlineData("[Step, When(nameof(Assess), V.Yes)] public void P() { } [Step, When(nameof(Assess), V.Ok)] public void Q() { }")]
    [InlineData("[Step, When(nameof(Assess), V.Yes)] public void P() { } [Step, When(nameof(Assess), V.No, V.Hold)] public void Q() { }")]
    [InlineData("[Step, When(nameof(Assess), V.Yes, V.No), When(nameof(Assess), V.Hold, V.No)] public void P() { }")]
    [InlineData("[Step, When(nameof(Assess), V.Yes)] public string P() => \"\"; [Step, Otherwise(nameof(Assess))] public string Q() => \"\"; [Step] public void Both(string? p, string? q) { }")]
    [InlineData("[Parameter] public bool Deep { get; init; } [Step, When(nameof(Deep))] public void P() { } [Step, When(\"deep\", false)] public void Q() { }")]
    [InlineData("[Flags] public enum Bits { A = 1, B = 2 } [Step] public Bits B() => Bits.A; [Step, When(nameof(B), Bits.A, (Bits)3)] public void P() { } [Step, Otherwise(\"b\")] public void Q() { }")]
    [InlineData("[Step] public ulong Big() => 1; [Step, When(nameof(Big), 1, 18446744073709551615, (byte)2)] public void P() { }")]
    [InlineData("[Step] public int[] N() => []; [Step] public bool Even([ForEach(nameof(N))] int n) => n % 2 == 0; [Step, When(nameof(Even))] public int Half([ForEach(nameof(N))] int n) => n / 2;")]
    public Task Choices_ThatAreSound_AreClean(string members) => Telling.AssertMembersAsync(Verdict + members);
}
