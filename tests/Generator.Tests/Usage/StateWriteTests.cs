namespace Generator.Tests.Usage;

/// <summary>FG0801 and FG0802: all the ways in which a step leaves a value behind.</summary>
public class StateWriteTests
{
    [Theory]
    [InlineData("_x = 1;")]
    [InlineData("this._x += 1;")]
    [InlineData("_x++;")]
    [InlineData("(_x, var y) = (1, 2);")]
    [InlineData("((_x, var y), var z) = ((1, 2), 3);")]
    [InlineData("int.TryParse(\"1\", out _x);")]
    [InlineData("Interlocked.Increment(ref _x);")]
    [InlineData("ref var r = ref _x; r = 2;")]
    [InlineData("Action later = () => _x = 1; later();")]
    [InlineData("void Local() => _x = 1; Local();")]
    public async Task Step_WritesAField_IsTold(string code) =>
        Assert.Equal(["FG0801 " + (code.StartsWith("this", StringComparison.Ordinal) ? "this._x" : "_x")], await Usage.PlacesAsync($"int _x; [Step] public int Load() {{ {code} return 1; }} int X => _x;"));

    [Theory]
    [InlineData("_list.Add(1);")]
    [InlineData("_list[0] = 1;")]
    [InlineData("_list.Sort();")]
    public async Task Step_ChangesACollection_IsTold(string code) =>
        Assert.Equal(["FG0801 _list"], await Usage.PlacesAsync($"readonly List<int> _list = []; [Step] public int Load() {{ {code} return 1; }}"));

    [Theory]
    [InlineData("_text.Append('a');", "System.Text.StringBuilder", "new()")]
    [InlineData("_text.Enqueue(1);", "System.Collections.Concurrent.ConcurrentQueue<int>", "new()")]
    [InlineData("_text[0] = 1;", "int[]", "[1]")]
    [InlineData("_text.X.Y = 1;", "Outer", "new()")]
    public async Task Step_ChangesWhatAFieldHolds_IsTold(string code, string type, string value)
    {
        var told = await Usage.PlacesAsync($"readonly {type} _text = {value}; [Step] public int Load() {{ {code} return 1; }}", "class Outer { public Inner X = new(); } class Inner { public int Y; }");
        Assert.Equal(["FG0801 _text"], told);
    }

    [Theory]
    [InlineData("var list = new List<int>(); list.Add(_x); return list.Count;")]
    [InlineData("var next = _frozen.Add(1); return next.Count + _x;")]
    [InlineData("_client.Timeout = TimeSpan.FromSeconds(1); return _x;")]
    [InlineData("return nameof(_x).Length + Other.Change(new Other()) + _x;")]
    public async Task Step_ChangesOnlyWhatIsItsOwn_IsFine(string code) =>
        Assert.Empty(await Usage.ToldAsync(
            $"readonly int _x = 1; readonly ImmutableList<int> _frozen = []; readonly System.Net.Http.HttpClient _client = new(); [Step] public int Load() {{ {code} }}",
            "class Other { int _y; public static int Change(Other other) { other._y++; other.Again(); return other._y; } void Again() => _y++; }"));

    [Fact]
    public async Task Step_WritesThroughMethodsItCalls_IsToldAtTheCallWithThePath()
    {
        var told = await Usage.ToldAsync("""
            int _count;
            [Step] public int Load() { Prepare(); return 1; }
            void Prepare() => Deeper(3);
            void Deeper(int n) { Count = n; }
            int Count { get => _count; set => _count = value; }
            """);

        Assert.Equal(
            ["FG0801 Prepare: step 'load' writes 'Count' (load -> Prepare -> Deeper), which no other step will see, since every task has a flow object of its own; return the value instead",
             "FG0801 Prepare: step 'load' writes '_count' (load -> Prepare -> Deeper -> Count), which no other step will see, since every task has a flow object of its own; return the value instead"], told);
    }

    [Fact]
    public async Task Step_CallsAStepThatWrites_IsToldOfTheOtherOnly() =>
        Assert.Equal(["FG0801 _x"], await Usage.PlacesAsync("int _x; [Step] public int Load() { _x = 1; return _x; } [Step] public int Again() => Load();"));

    [Fact]
    public async Task Step_WhoseHelperMakesAValueOnFirstUse_IsFine() =>
        Assert.Empty(await Usage.ToldAsync("string? _text; string Text => _text ??= \"a\"; string Other() => _text ??= \"a\"; [Step] public int Load() => Text.Length + Other().Length;"));

    [Fact]
    public async Task Step_PassesAMethodThatWrites_IsTold() =>
        Assert.Equal(["FG0801 Note"], await Usage.PlacesAsync("int _x; void Note(int n) => _x = n; [Step] public int Load() { new List<int> { 1 }.ForEach(Note); return 1; }"));

    [Fact]
    public async Task Step_CallsItself_Ends() =>
        Assert.Empty(await Usage.ToldAsync("static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Other(n - 2); static int Other(int n) => Fib(n); [Step] public int Load() => Fib(5);"));

    [Fact]
    public async Task StaticState_OfOwnTypes_IsToldDirectlyAndThroughCalls() =>
        Assert.Equal(["FG0802 Stats.Seen", "FG0802 Count", "FG0802 Helper"], await Usage.PlacesAsync("""
            [Step] public int Load() { Stats.Seen.Add(1); Stats.Count(); _ = new Helper(); return Stats.Text(); }
            """, "static class Stats { public static List<int> Seen = []; static int s_n; static string? s_text; public static void Count() => s_n++; public static int Text() => (s_text ??= \"a\").Length; } class Helper { static int s_made; public Helper() => s_made++; }"));

    [Fact]
    public async Task InheritedStep_WritesState_IsToldInTheBase() =>
        Assert.Equal(["FG0801 _x"], await Usage.PlacesAsync("[Step] public int Load() => 1;", "public abstract class Base { int _x; [Step] public int Other() { _x = 1; return _x; } }"));

    [Fact]
    public async Task CodeOutsideOfSteps_WritesState_IsFine() =>
        Assert.Empty(await Usage.ToldAsync("int _x; [Step] public int Load() => 1; public void Reset() => _x = 0;", "class Free { int _y; void M() { _y = 1; Task.Delay(1).Wait(); } }"));
}
