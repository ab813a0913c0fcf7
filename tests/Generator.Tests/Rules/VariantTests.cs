using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>The shapes that a rule's page does not show: each is told by its rule alone, in these words, with nothing from the compiler beside it.</summary>
public class VariantTests
{
    [Theory]
    [InlineData("[Flow] public static partial class F { [Step] public static int Load() => 1; }",
        "FG0102 flow 'F' is static and cannot be run; remove 'static'")]
    [InlineData("[Flow] public partial record F { [Step] public int Load() => 1; }",
        "FG0102 flow 'F' is a record and cannot be run; make it a class")]
    [InlineData("[Flow] public partial class F<T> { [Step] public int Load() => 1; }",
        "FG0102 flow 'F' is generic and cannot be run; remove its type parameters, or derive a flow from it")]
    [InlineData("[Flow] file partial class F { [Step] public int Load() => 1; }",
        "FG0102 flow 'F' is local to its file and cannot be run; remove 'file'")]
    [InlineData("public partial class O<T> { [Flow] public partial class F { [Step] public int Load() => 1; } }",
        "FG0103 flow 'F' is nested in 'O', which is generic; move 'F' out of it")]
    [InlineData("[Flow(\"\")] public partial class F { [Step] public int Load() => 1; }",
        "FG0106 flow 'F' has the name '', expected lower-case letters, digits and single hyphens, at most 60 characters, starting with a letter; write [Flow(\"my-flow\")]")]
    [InlineData("[Flow] public partial class Größe { [Step] public int Load() => 1; }",
        "FG0106 flow 'Größe' has the name 'größe', expected lower-case letters, digits and single hyphens, at most 60 characters, starting with a letter; write [Flow(\"gr-e\")]")]
    [InlineData("public abstract class B { public void Runs() { } } [Flow] public partial class F : B { [Step] public int Load() => 1; }",
        "FG0119 member 'Runs' of flow 'F' has the name of a generated member; rename it")]
    [InlineData("public sealed class B { [Step] public int Load() => 1; }",
        "FG0120 [Step] on 'Load' has no effect because 'B' is no flow; move it into a class marked with [Flow]")]
    [InlineData("public class B { [Parameter] public int Count { get; init; } }",
        "FG0120 [Parameter] on 'Count' has no effect because 'B' is no flow; mark 'B' with [Flow], or make it abstract for flows to derive from")]
    [InlineData("public class B { public int Count([ForEach(\"x\")] int item) => item; }",
        "FG0120 [ForEach] on 'item' has no effect because 'Count' is no step; add [Step] to 'Count', or remove it")]
    [InlineData("public abstract class B { [Step] public virtual int Load() => 1; } [Flow] public partial class F : B { [Retry(2)] public override int Load() => 2; }",
        "FG0120 [Retry] on 'Load' has no effect because 'Load' overrides a step and keeps its attributes; add [Step] to 'Load' to give it attributes of its own")]
    [InlineData("public abstract class B { [Step] public int Load() => 1; } [Flow] public partial class F : B { [Step] public new int Load() => 2; }",
        "FG0114 step 'load' of base class 'B' is hidden by a member of 'F'; override it, or rename one of them",
        "FG0111 step 'load' is declared 2 times, as overloads of 'Load'; give each its own name")]
    [InlineData("[Flow] public partial class Run { [Step] public int Load() => 1; }",
        "FG0119 flow 'Run' has the name of a generated member; rename it, such as to 'TrainingFlow'")]
    [InlineData("public record Run(int Id); [Flow] public partial class F { [Step] public Run[] Load() => []; [Step] public int Count(IReadOnlyList<Run> load) => load.Count; }",
        "FG0119 type 'Run', which a member of flow 'F' names, has the name of a generated member; rename it, or write its namespace before it")]
    [InlineData("[Flow] public partial class F { [Step] public int Load() { [Step] static int Twice() => 2; var f = [Retry(2)] (int x) => x; return f(Twice()); } }",
        "FG0120 [Step] on 'Twice' has no effect because it is part of a method; make it a method of the flow class, marked with [Step]",
        "FG0120 [Retry] on 'a lambda' has no effect because it is part of a method; make it a method of the flow class, marked with [Step]")]
    public Task Classes_WithAMistake_AreToldInTheseWords(string source, params string[] expected) => AssertTells(source, expected);

    [Theory]
    [InlineData("[Step] public T Load<T>() => default!;", "FG0112 step 'load' is generic; remove its type parameters")]
    [InlineData("[Step] public static F operator +(F a, F b) => a;", "FG0112 step 'op_Addition' is no ordinary method; move what it does into one")]
    [InlineData("public int X { [Step] get => 1; }", "FG0112 step 'get_X' is no ordinary method; move what it does into one")]
    [InlineData("[Step] public int __Flow() => 1;", "FG0119 member '__Flow' of flow 'F' has the name of a generated member; rename it")]
    [InlineData("[Step] public System.Collections.Concurrent.ConcurrentDictionary<int, int> A() => new();",
        "FG0508 artifact 'a' of step 'a' is 'ConcurrentDictionary<int, int>' of assembly 'System.Collections.Concurrent', whose private fields the compiler cannot see; copy what you need into a record, or vouch for it with [assembly: ArtifactType(typeof(ConcurrentDictionary<,>))]")]
    [InlineData("public class Box<T> { public T V { get; private set; } = default!; } [Step] public Box<int> A() => new();",
        "FG0507 artifact 'a' of step 'a' is 'Box<int>', whose property 'V' would be lost: no constructor parameter and no settable property covers it; make the accessors of 'V' internal or public, or add a constructor parameter 'v'")]
    [InlineData("int _x; [Step] public ref int Load() => ref _x;", "FG0112 step 'load' returns by reference; return a value")]
    [InlineData("[Step] public int A() => 1; [Step] public void B(out int a) => a = 1;", "FG0112 step 'b' takes 'a' by 'out'; remove 'out' and return the value")]
    [InlineData("[Step] public int[] A() => [1]; [Step] public void B(params int[] a) { }", "FG0112 step 'b' takes 'a' as 'params'; remove 'params'")]
    [InlineData("[Step(Makes = \"x\")] public void A() { }", "FG0118 step 'a' has Makes = \"x\", but returns nothing; return a value, or remove Makes")]
    [InlineData("[Step] public int Run() => 1;", "FG0117 artifact 'run' of step 'run' has a name that the generated class Run needs itself; name the artifact with [Step(Makes = \"...\")]",
        "FG0119 member 'Run' of flow 'F' has the name of a generated member; rename it")]
    [InlineData("[Parameter] public int Load { get; init; } [Step(Makes = \"load\")] public int Read() => 1;", "FG0116 artifact 'load' of step 'read' has the name of parameter 'load'; rename one of them")]
    public Task Steps_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => AssertTellsOfMembers(members, expected);

    [Theory]
    [InlineData("[Step] public string Load() => \"\"; [Step] public int Count(string laod) => 1;",
        "FG0201 input 'laod' of step 'count' has no source, no artifact or parameter has this name; did you mean 'load'?")]
    [InlineData("[Step(Makes = \"table\")] public string Load() => \"\"; [Step] public int Count(string load) => 1;",
        "FG0201 input 'load' of step 'count' has no source, no artifact or parameter has this name; step 'load' makes 'table'; rename the input, or add [From(nameof(Load))]")]
    [InlineData("[Step] public void Load() { } [Step] public int Count(string load) => 1;",
        "FG0201 input 'load' of step 'count' has no source, no artifact or parameter has this name; step 'load' returns nothing; return the value from it")]
    [InlineData("[Step] public (int a, int b) Split() => (1, 2); [Step] public int Count(int value, int a, int b) => 1;",
        "FG0201 input 'value' of step 'count' has no source, no artifact or parameter has this name; add [From(...)] to take one of this type: 'a', 'b'")]
    [InlineData("[Step] public int Number() => 1; [Step] public int Count(Outcome<int> value, [Gather] IReadOnlyList<Item<int>> list) => 1;",
        "FG0201 input 'value' of step 'count' has no source, no artifact or parameter has this name; add [From(nameof(Number))] to take artifact 'number' of step 'number', which has this type",
        "FG0201 input 'list' of step 'count' has no source, no artifact or parameter has this name; add [Gather(nameof(Number))] to take artifact 'number' of step 'number', which has this type")]
    [InlineData("[Step] public int[] Numbers() => []; [Step] public int Count([ForEach] int one) => 1;",
        "FG0201 input 'one' of step 'count' has no source, no artifact or parameter has this name; add [ForEach(nameof(Numbers))] to take artifact 'numbers' of step 'numbers', which has this type")]
    [InlineData("[Step] public void Work(ILogger<int> log, CancellationToken? cancel) { }",
        "FG0201 input 'log' of step 'work' has no source, no artifact or parameter has this name; change it to 'ILogger', which the runtime provides",
        "FG0201 input 'cancel' of step 'work' has no source, no artifact or parameter has this name; change it to 'CancellationToken', which the runtime provides")]
    [InlineData("[Step] public int[] Numbers() => []; [Step] public int Sum([Gather] int[] numbers) => 1;",
        "FG0304 input 'numbers' of step 'sum' gathers artifact 'numbers' of step 'numbers' into 'int[]', expected 'IReadOnlyList<int[]>'; remove [Gather] to take it as it is, or change its type")]
    [InlineData("[Step] public int Count(DateOnly day) => 1;",
        "FG0201 input 'day' of step 'count' has no source, no artifact or parameter has this name; return it from a step, or declare it as a [Parameter]")]
    [InlineData("[Step] public void Load() { } [Step] public int Count([From(nameof(Load))] int x) => x;",
        "FG0203 input 'x' of step 'count' names step 'load', which makes nothing; return the value from it, or order the steps with [After]")]
    [InlineData("[Step] public int[] Numbers() => []; [Step] public int Count(int numbers) => 1;",
        "FG0204 input 'numbers' of step 'count' is 'int', but artifact 'numbers' of step 'numbers' is 'int[]'; add [ForEach] to run once for each item, or take the whole list")]
    [InlineData("[Step] public int[] Numbers() => []; [Step] public int Twice([ForEach(nameof(Numbers))] int n) => n; [Step] public int Sum(IReadOnlyList<int> twice) => 1;",
        "FG0204 input 'twice' of step 'sum' is 'IReadOnlyList<int>', but artifact 'twice' of step 'twice' is 'int'; add [Gather] to collect it over all items")]
    [InlineData("[Step] public int Load() => 1; [Step] public long Count(long load) => 1;",
        "FG0204 input 'load' of step 'count' is 'long', but artifact 'load' of step 'load' is 'int'; change the input to 'int', or take another with [From(...)]")]
    [InlineData("[Step] public int? Load() => 1; [Step] public int Count(int load) => 1;",
        "FG0205 input 'load' of step 'count' is 'int', but artifact 'load' of step 'load' may be null ('int?'); make the input 'int?', or never return null")]
    [InlineData("[Step] public List<string?> Load() => []; [Step] public int Count(IReadOnlyList<string> load) => 1;",
        "FG0205 input 'load' of step 'count' is 'IReadOnlyList<string>', but artifact 'load' of step 'load' may be null ('List<string?>'); change the input to 'List<string?>'")]
    [InlineData("[Step] public (int a, int b)[] Load() => []; [Step] public int Count((int b, int a)[] load) => 1;",
        "FG0206 input 'load' of step 'count' is '(int b, int a)[]', but artifact 'load' of step 'load' is '(int a, int b)[]'; use the same element names in the same order")]
    [InlineData("[Step] public int Load() => 1; [Step] public int Best(int best, int load) => 1;",
        "FG0211 step 'best' waits for itself (best -> best); remove one of these dependencies")]
    [InlineData("[Step, After(nameof(B))] public void A() { } [Step, After(nameof(A))] public void B() { }",
        "FG0211 step 'a' waits for itself (a -> b -> a); remove one of these dependencies")]
    [InlineData("[Step] public (int a, int b) Split() => (1, 2); [Step, After(\"a\")] public int Sum(int a, int b) => 1;",
        "FG0210 step 'sum' comes after 'a', which is no step; 'a' is an artifact, write [After(nameof(Split))]")]
    [InlineData("[Parameter] public int Count { get; init; } [Step, After(\"count\")] public int Sum() => 1;",
        "FG0210 step 'sum' comes after 'count', which is no step; 'count' is a parameter, which is there from the start; remove [After]")]
    public Task Inputs_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => AssertTellsOfMembers(members, expected);

    [Theory]
    [InlineData("[Step] public int A() => 1; [Step] public int B(Outcome<string> a, [From(nameof(A))] Artifact<string> b) => 1;",
        "FG0204 input 'a' of step 'b' is 'Outcome<string>', but artifact 'a' of step 'a' is 'int'; change the input to 'Outcome<int>', or take another with [From(...)]",
        "FG0204 input 'b' of step 'b' is 'Artifact<string>', but artifact 'a' of step 'a' is 'int'; change the input to 'Artifact<int>', or take another with [From(...)]")]
    [InlineData("[Step] public string? A() => null; [Step] public int B(Optional<string> a) => 1;",
        "FG0205 input 'a' of step 'b' is 'Optional<string>', but artifact 'a' of step 'a' may be null ('string?'); make the input 'Optional<string?>', or never return null")]
    [InlineData("[Step] public int A() => 1; [Step] public int B(Artifact<int>? a, [From(nameof(A))] Optional<int>? b, [From(nameof(A))] Item<int> c) => 1;",
        "FG0213 input 'a' of step 'b' takes 'Artifact<int>?', but a handle itself is never null; write 'Artifact<int>'",
        "FG0213 input 'b' of step 'b' takes 'Optional<int>?', but an Optional itself is never null; write 'Optional<int>'",
        "FG0213 input 'c' of step 'b' takes 'Item<int>', which only the items of a [Gather] can be; write 'int'")]
    [InlineData("[Parameter] public int A { get; init; } [Step] public int[] All() => []; [Step] public int B(Outcome<int> a, [ForEach(nameof(All))] Optional<int> item) => 1;",
        "FG0213 input 'a' of step 'b' takes 'Outcome<int>', but parameter 'a' is there from the start; write 'int'",
        "FG0213 input 'item' of step 'b' takes 'Optional<int>', but an item of a collection is always there; write 'int'")]
    [InlineData(Grid + "[Step] public int B([Gather(nameof(Fit))] Item<Outcome<int>>[] all, [Gather(nameof(Day))] IAsyncEnumerable<Outcome<int>?> days) => 1;",
        "FG0213 input 'all' of step 'b' takes 'Item<Outcome<int>>', but Item and Outcome cannot be combined; write 'Item<int>' or 'Outcome<int>'",
        "FG0213 input 'days' of step 'b' takes 'Outcome<int>?', but an Outcome itself is never null; write 'Outcome<int>'")]
    [InlineData("public record Row(Outcome<int> Cell); [Step] public Row A() => null!; [Step] public Artifact<int> B() => null!; [Step] public List<Item<int>> C() => []; [Step] public (Optional<int> x, int y) D() => default; [Step] public int E(Row a, int y) => y;",
        "FG0530 artifact 'a' of step 'a': Row.Cell is 'Outcome<int>', which says how an input is taken and is no data; use 'int'",
        "FG0530 artifact 'b' of step 'b' is 'Artifact<int>', which says how an input is taken and is no data; use 'int'",
        "FG0530 artifact 'c' of step 'c': List<Item<int>>[i] is 'Item<int>', which says how an input is taken and is no data; use 'int'",
        "FG0530 artifact 'x' of step 'd' is 'Optional<int>', which says how an input is taken and is no data; use 'int?'")]
    [InlineData("[Step] public int[] All() => []; [Step] public bool Good([ForEach(nameof(All))] int i) => true; [Step, When(nameof(Good))] public string? Name([ForEach(nameof(All))] int i) => null; [Step] public int Names([Gather(nameof(Name))] IReadOnlyList<string?> names) => 1; [Step] public string? Same(string? name, bool good) => name; [Step, When(nameof(Good))] public string? Fine(string? name) => name; [Step] public int Told([Gather(nameof(Name))] IReadOnlyList<Optional<string?>> names) => 1; [Step] public string? Any([ForEach(nameof(All))] int i) => null; [Step] public int Some([Gather(nameof(Any), MinSuccess = 0.5)] IReadOnlyList<string?> some) => 1; [Step] public int Every([Gather(nameof(Any))] IReadOnlyList<string?> every) => 1;",
        "FG0214 input 'some' of step 'some' takes 'string?', but artifact 'any' of step 'any' may be null itself, and may be missing because its task failed (MinSuccess); write 'Optional<string?>', which tells the two apart",
        "FG0214 input 'names' of step 'names' takes 'string?', but artifact 'name' of step 'name' may be null itself, and is skipped unless good is true; write 'Optional<string?>', which tells the two apart",
        "FG0214 input 'name' of step 'same' takes 'string?', but artifact 'name' of step 'name' may be null itself, and is skipped unless good is true; write 'Optional<string?>', which tells the two apart")]
    [InlineData("[Step] public int[] All() => []; [Step] public bool Good([ForEach(nameof(All))] int i) => true; [Step, When(nameof(Good))] public int A([ForEach(nameof(All))] int i) => i; [Step] public int B(int a) => a; [Step] public int C([ForEach(nameof(All))] int i) => i; [Step] public int D([Gather(nameof(A))] int[] x, [Gather(nameof(B))] int[] y) => 1; [Step] public int E([Gather(nameof(A))] Item<int>[] x, [Gather(nameof(C))] int[] y) => 1; [Step] public int H([Gather(nameof(A))] int?[] x, [Gather(nameof(C))] int[] y) => 1; [Step] public int G([Gather(nameof(C))] int[] y, [Gather(nameof(B))] int[] x) => 1;",
        "FG0316 input 'x' of step 'g' leaves out items that were skipped (all but where good is true), and input 'y' does not, so their positions do not match; gather both into IReadOnlyList<Item<T>>, which has the index, or into IReadOnlyList<T?>")]
    public Task Shapes_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => AssertTellsOfMembers(members, expected);

    private const string Nested = "[Step] public int[] Grid() => [1]; [Step] public int[] Stores() => [1]; [Step] public int[] Days([ForEach(nameof(Stores))] int s) => [s]; [Step] public int Score([ForEach(nameof(Days))] int d) => d; ";

    private const string Grid = "[Step] public int[] Grid() => [1]; [Step] public int[] Days() => [1]; [Step] public int Fit([ForEach(nameof(Grid))] int g) => g; [Step] public int Day([ForEach(nameof(Days))] int d) => d; ";

    [Theory]
    [InlineData(Grid + "[Step] public int Both(int fit, int day) => 1;",
        "FG0305 input 'day' of step 'both' exists for each item of 'days', but input 'fit' exists for each item of 'grid'; add [Gather] to take all of 'day', or add a parameter with [ForEach] for each of these to run for all pairs")]
    [InlineData(Nested + "[Step] public int Far([ForEach(nameof(Grid))] int g, int score) => 1;",
        "FG0305 input 'score' of step 'far' exists for each item of 'stores' and 'days' (stores -> days -> score), but the step runs for each item of 'grid'; add [Gather] to take all of 'score', or add a parameter with [ForEach(nameof(Stores))] and [ForEach(nameof(Days))] to run for all pairs")]
    [InlineData(Nested + "[Step] public int Far([ForEach(nameof(Grid))] int g, [Gather(\"score\", Over = nameof(Days))] int[] all) => 1;",
        "FG0305 input 'all' of step 'far' is collected for each item of 'stores' (stores -> days -> score), but the step runs for each item of 'grid'; remove Over, or add a parameter with [ForEach(nameof(Stores))] to run for all pairs")]
    [InlineData(Nested + "[Step] public int Sum([Gather] int[] score) => 1;",
        "FG0310 input 'score' of step 'sum' gathers artifact 'score' of step 'score' over 'stores' and 'days', which are inside one another; write Over = nameof(Stores) for a list of all, or Over = nameof(Days) for a list for each item of 'stores'")]
    [InlineData(Nested + "[Step] public int Sum([Gather(nameof(Score), Over = \"dys\")] int[] all) => 1;",
        "FG0311 input 'all' of step 'sum' gathers over 'dys', but artifact 'score' of step 'score' exists for each item of 'stores' and 'days'; did you mean 'days'?")]
    [InlineData(Nested + "[Step] public int Sum([Gather(nameof(Grid), Over = nameof(Days))] int[][] all) => 1;",
        "FG0303 input 'all' of step 'sum' gathers artifact 'grid' of step 'grid', which exists only once; remove [Gather], or add [ForEach] to what makes it")]
    [InlineData(Nested + "[Step] public int[] Hours([ForEach(nameof(Days))] int d) => []; [Step] public int Hour([ForEach(nameof(Hours))] int h) => h; [Step] public int Sum([ForEach(nameof(Days))] int d, [Gather(nameof(Hour), Over = nameof(Days))] int[] all) => 1;",
        "FG0303 input 'all' of step 'sum' gathers artifact 'hour' of step 'hour', which the step meets item by item, since it runs for each item of 'stores' and 'days' too; remove Over to collect over 'hours', or gather it in a step of its own")]
    [InlineData(Nested + "[Step] public int Sum([Gather(nameof(Score), Over = nameof(Grid))] int[] all) => 1;",
        "FG0311 input 'all' of step 'sum' gathers over 'Grid', but artifact 'score' of step 'score' exists for each item of 'stores' and 'days'; write nameof(Stores) or nameof(Days)")]
    [InlineData(Nested + "[Step] public int Late(int score) => score; [Step] public int Later([From(nameof(Late))] int l) => l; [Step] public int Far([ForEach(nameof(Grid))] int g, int later) => 1;",
        "FG0305 input 'later' of step 'far' exists for each item of 'stores' and 'days' (stores -> days -> score -> late -> later), but the step runs for each item of 'grid'; add [Gather] to take all of 'later', or add a parameter with [ForEach(nameof(Stores))] and [ForEach(nameof(Days))] to run for all pairs")]
    [InlineData(Nested + "[Step] public int Sum([ForEach(nameof(Days))] int d, [Gather(nameof(Score), Over = nameof(Days))] int[] all) => 1;",
        "FG0303 input 'all' of step 'sum' gathers artifact 'score' of step 'score', which the step meets item by item, since it runs for each item of 'stores' and 'days' too; gather it in a step of its own")]
    [InlineData(Nested + "[Step] public int A([ForEach(nameof(Grid))] int g, [ForEach(nameof(Days))] int d) => 1; [Step] public int B([ForEach(nameof(Stores))] int s, int a) => 1; [Step] public int C([ForEach(nameof(Stores))] int s, [ForEach(nameof(Grid))] int g, int a) => 1; [Step] public int D(int c) => 1;",
        "FG0305 input 'a' of step 'b' exists for each item of 'grid' and 'days', but the step runs for each item of 'stores'; add [Gather] to take all of 'a', or add a parameter with [ForEach(nameof(Grid))] and [ForEach(nameof(Days))] to run for all pairs",
        "FG0305 input 'a' of step 'c' exists for each item of 'days', but the step runs for each item of 'stores' and 'grid'; add [Gather] to take all of 'a', or add a parameter with [ForEach(nameof(Days))] to run for all pairs",
        "FG0312 step 'c' runs for each item of 'stores' and then of 'grid', but step 'a' has them the other way round; swap the parameters: 'g' before 's'")]
    [InlineData(Grid + "[Step] public int Rank([ForEach(nameof(Grid))] int g, [Gather(nameof(Fit))] int[] all) => 1;",
        "FG0303 input 'all' of step 'rank' gathers artifact 'fit' of step 'fit', which the step meets item by item, since it runs for each item of 'grid' too; gather it in a step of its own")]
    [InlineData(Grid + "[Step] public int Rank([Gather(nameof(Fit))] string[] all) => 1;",
        "FG0304 input 'all' of step 'rank' gathers artifact 'fit' of step 'fit' into 'string[]', expected 'IReadOnlyList<int>'; change its type")]
    [InlineData("[Step] public string Text() => \"\"; [Step] public int Count([ForEach(nameof(Text))] char c) => 1;",
        "FG0301 input 'c' of step 'count' iterates artifact 'text' of step 'text', which is 'string', expected an array, List, IReadOnlyList or ImmutableArray; iterate a list, or remove [ForEach] to take it as it is")]
    [InlineData("[Step] public string?[] Texts() => []; [Step] public int Count([ForEach(nameof(Texts))] string c) => 1;",
        "FG0302 input 'c' of step 'count' is 'string', but the items of artifact 'texts' of step 'texts' are 'string?'; change the input to 'string?'")]
    [InlineData("[Step] public int[] Items() => []; [Step] public int Count([ForEach(nameof(Items))] int[] all) => 1;",
        "FG0302 input 'all' of step 'count' is 'int[]', but the items of artifact 'items' of step 'items' are 'int'; remove [ForEach] to take the whole list")]
    [InlineData("[Parameter] public string Where1 { get; init; } = \"\"; [Step] public int Count([Gather(nameof(Where1))] string[] all) => 1;",
        "FG0303 input 'all' of step 'count' gathers parameter 'where1', which exists only once; remove [Gather], or add [ForEach] to what makes it")]
    [InlineData("[Parameter] public int[]? Maybe { get; init; } [Parameter] public HashSet<int> Some { get; init; } = []; [Step] public int A([ForEach(nameof(Maybe))] int m) => 1; [Step] public int B([ForEach(nameof(Some))] int s) => 1;",
        "FG0301 input 'm' of step 'a' iterates parameter 'maybe', which is 'int[]?', expected an array, List, IReadOnlyList or ImmutableArray; make it 'int[]': an empty list runs nothing",
        "FG0301 input 's' of step 'b' iterates parameter 'some', which is 'HashSet<int>', expected an array, List, IReadOnlyList or ImmutableArray; make it 'int[]'")]
    [InlineData("[Step] public int[]? Items() => null; [Step] public int Count([ForEach(nameof(Items))] int item) => 1;",
        "FG0301 input 'item' of step 'count' iterates artifact 'items' of step 'items', which is 'int[]?', expected an array, List, IReadOnlyList or ImmutableArray; never let it be null: an empty list runs nothing")]
    [InlineData(Grid + "[Step] public int Rank([Gather(nameof(Fit))] List<int> all) => 1;",
        "FG0304 input 'all' of step 'rank' gathers artifact 'fit' of step 'fit' into 'List<int>', expected 'IReadOnlyList<int>'; change its type")]
    [InlineData(Grid + "[Step] public int Rank([Gather(nameof(Fit))] IReadOnlyList<Outcome<string>> all) => 1;",
        "FG0304 input 'all' of step 'rank' gathers artifact 'fit' of step 'fit' into 'IReadOnlyList<Outcome<string>>', expected 'IReadOnlyList<Outcome<int>>'; change its type")]
    [InlineData(Grid + "[Step] public int Rank([Gather(nameof(Fit), MinSuccess = -1)] int[] all, [Gather(nameof(Day), MinSuccess = double.NaN)] int[] days, [Gather(nameof(Fit), MinSuccess = 0.5)] Outcome<int>[] outcomes) => 1;",
        "FG0313 input 'all' of step 'rank' has MinSuccess = -1, expected a share from 0 to 1; write 1 if all tasks must succeed, or 0 if none has to",
        "FG0313 input 'days' of step 'rank' has MinSuccess = NaN, expected a share from 0 to 1; write 1 if all tasks must succeed, or 0 if none has to",
        "FG0313 input 'outcomes' of step 'rank' has MinSuccess = 0.5, but takes every outcome, also of tasks that failed; remove MinSuccess, or take the values themselves")]
    [InlineData("public record Row(int[] Cells) { public static int Count; internal string Name => \"\"; private string Secret => \"\"; public string this[int i] => \"\"; } [Step] public Row[] Rows() => []; [Step] public int A([ForEach(nameof(Rows), Label = \"Count\")] Row r) => 1; [Step] public int B([ForEach(nameof(Rows), Label = \"Cells\")] Row r) => 1; [Step] public int C([ForEach(nameof(Rows), Label = \"Secret\")] Row r) => 1; [Step] public int D([ForEach(nameof(Rows), Label = \"\")] Row r) => 1;",
        "FG0314 input 'r' of step 'a' has Label = \"Count\", which is static, so all items have the same; name a property of the item",
        "FG0314 input 'r' of step 'b' has Label = \"Cells\", which is 'int[]', expected text, a number, an enum or a date; name another property, or add one that says it in words",
        "FG0314 input 'r' of step 'c' has Label = \"Secret\", which the flow cannot read; make 'Secret' internal or public",
        "FG0314 input 'r' of step 'd' has Label = \"\", but 'Row' has no such property or field; did you mean 'Name'?")]
    [InlineData(Grid + "[Step] public int Rank([Gather(nameof(Fit), MinSuccess = 0.5)] int[] all, [Gather(nameof(Fit))] Outcome<int>[] outcomes) => 1;",
        "FG0316 input 'all' of step 'rank' leaves out items that failed (MinSuccess), and input 'outcomes' does not, so their positions do not match; gather both into IReadOnlyList<Item<T>>, which has the index, or into IReadOnlyList<T?>")]
    public Task Dimensions_WithAMistake_AreToldInTheseWords(string members, params string[] expected) => AssertTellsOfMembers(members, expected);

    [Theory]
    [InlineData("[Parameter] public static int Count { get; set; }", "FG0702 parameter 'count' is static, so all tasks would share it; remove 'static'")]
    [InlineData("[Parameter] public int[,] Counts { get; init; } = new int[0, 0];",
        "FG0701 parameter 'counts' is 'int[,]', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; use an array of arrays")]
    [InlineData("[Parameter] public System.IO.FileInfo[] Files { get; init; } = [];",
        "FG0701 parameter 'files' is 'FileInfo[]', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; use InputFile")]
    [InlineData("[Parameter] public List<InputFile> Files { get; init; } = [];",
        "FG0701 parameter 'files' is 'List<InputFile>', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; use InputFile[]")]
    [InlineData("[Parameter] public required Secret<string>[] Keys { get; init; }",
        "FG0701 parameter 'keys' is 'Secret<string>[]', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; use several parameters")]
    [InlineData("[Parameter] public required Secret<int[]> Keys { get; init; }",
        "FG0701 parameter 'keys' is 'Secret<int[]>', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; use Secret<string>, and read what it holds in a step")]
    [InlineData("public record Account(string User, Secret<string> Password); [Parameter] public required Account Login { get; init; }",
        "FG0520 parameter 'login': Account.Password is 'Secret<string>', which is never stored; take the parameter as input wherever the secret is needed")]
    [InlineData("[Parameter] public required Secret<string> Key { get; init; } [Step] public Secret<string> Use(Secret<string> key) => key;",
        "FG0520 artifact 'use' of step 'use' is 'Secret<string>', which is never stored; take the parameter as input wherever the secret is needed")]
    [InlineData("[Parameter] public required Secret<string> Key { get; init; } [Parameter] public int KeyFile { get; init; }",
        "FG0704 parameter 'keyFile' would be --key-file, which is the file of secret 'key'; rename one of them")]
    [InlineData("[Parameter] public Secret<string> Key { get; init; } = new(\"abc\");",
        "FG0708 parameter 'key' is a secret with a default, which everybody sees who sees the source; remove '= new(\"abc\")' and mark it 'required' or nullable")]
    [InlineData("[Parameter, Range(1, 5)] public int? Count { get; init; } = 2 * 3;", "FG0709 parameter 'count' has the default 2 * 3, which must be between 1 and 5; change it, or [Range]")]
    [InlineData("[Parameter, Range(0, 1, MaximumIsExclusive = true)] public double Share { get; init; } = 1;",
        "FG0709 parameter 'share' has the default 1, which must be at least 0 and less than 1; change it, or [Range]")]
    [InlineData("[Parameter, AllowedValues(DayOfWeek.Monday)] public DayOfWeek Day { get; init; } = DayOfWeek.Friday;",
        "FG0709 parameter 'day' has the default DayOfWeek.Friday, which must be one of Monday; change it, or [AllowedValues]")]
    [InlineData("[Parameter, RegularExpression(\"[a-z]+\")] public string Title { get; init; } = \"A1\";", "FG0709 parameter 'title' has the default \"A1\", which must match [a-z]+; change it, or [RegularExpression]")]
    [InlineData("[Parameter, StringLength(2)] public string? Title { get; init; } = \"abc\";", "FG0709 parameter 'title' has the default \"abc\", which must have at most 2 characters; change it, or [StringLength]")]
    [InlineData("[Parameter, Range(1, 2)] public string Text { get; init; } = \"\";", "FG0706 parameter 'text' has [Range], but is 'string', which has no range; remove it")]
    [InlineData("[Parameter, Range(0.5, 2)] public int Count { get; init; }", "FG0706 parameter 'count' has [Range], but its bounds are no 'int'; write bounds of its type")]
    [InlineData("[Parameter, Range(typeof(int), \"1\", \"2\")] public long Count { get; init; }", "FG0706 parameter 'count' has [Range], but is 'long', while the range is of 'int'; write typeof(long)")]
    [InlineData("[Parameter, AllowedValues(1, \"a\")] public int Count { get; init; }", "FG0706 parameter 'count' has [AllowedValues], but \"a\" is no 'int'; name values of its type")]
    [InlineData("[Parameter, StringLength(5)] public int Count { get; init; }", "FG0706 parameter 'count' has [StringLength], but is 'int', not text; remove it")]
    [InlineData("[Parameter, Required] public string? Text { get; init; }",
        "FG0707 parameter 'text' has [Required], which would not be enforced; use [Range], [AllowedValues], [RegularExpression] or [StringLength], or check it in a step, or mark the property 'required'")]
    [InlineData("[Step, Retry(101)] public void A() { }", "FG0601 step 'a' has [Retry(101)], expected 1 to 100 retries after the first attempt; write at most 100")]
    [InlineData("[Step, Retry(1, Backoff = \"11m\")] public void A() { }",
        "FG0602 step 'a' has Backoff = \"11m\", expected a duration of up to ten minutes; write it like \"500ms\", \"10s\" or \"1m30s\"")]
    [InlineData("[Step, Timeout(\"0s\")] public void A(CancellationToken c) { }",
        "FG0603 step 'a' has [Timeout(\"0s\")], expected a duration of more than zero; write it like \"90s\", \"10m\" or \"1h30m\"")]
    [InlineData("int[] _all = []; int X { get; set; } [Step] public void A() { _all[0] = 1; (X, var y) = (1, 2); }",
        "FG0801 step 'a' writes '_all', which no other step will see, since every task has a flow object of its own; return the value instead",
        "FG0801 step 'a' writes 'X', which no other step will see, since every task has a flow object of its own; return the value instead")]
    public Task ParametersAndPolicies_WithAMistake_AreToldInTheseWords(string members, params string[] expected)
    {
        var needsStep = !members.Contains("[Step", StringComparison.Ordinal);
        return AssertTellsOfMembers(members + (needsStep ? " [Step] public void Nothing() { }" : ""), expected);
    }

    private static Task AssertTellsOfMembers(string members, string[] expected) => Telling.AssertMembersAsync(members, expected);

    private static Task AssertTells(string source, string[] expected) => Telling.AssertAsync(source, expected);
}
