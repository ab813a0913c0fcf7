using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Emission;

/// <summary>Names and types of people that are also names of generated code: everything compiles, with not one warning.</summary>
public class CollisionTests
{
    [Theory]
    [InlineData("""
        [Flow] public partial class F
        {
            [Step] public int Flow() => 1;
            [Step(Makes = "flow_")] public int Other() => 1;
            [Step] public int Frame() => 1;
            [Step] public int Result() => 1;
            [Step(Makes = "class")] public int Kind() => 1;
            [Step] public async Task<int> Sum(int flow, int flow_, int frame, int result, int @class) { await Task.Yield(); return flow + flow_ + frame + result + @class; }
        }
        """)]
    [InlineData("""
        public record InvokeFoo(int A);
        public record FooStep(int A);
        public record CheckX(int A);
        [Flow] public partial class F
        {
            [Parameter, Range(1, 2)] public int XCodec { get; init; } = 1;
            [Step] public InvokeFoo FooCodec() => new(1);
            [Step] public FooStep Foo() => new(1);
            [Step] public CheckX Check() => new(1);
        }
        """)]
    [InlineData("""
        [Flow] public partial class F
        {
            [Step] public int Main() => 1;
            [Step(Makes = "same")] public int Equals(int main) => main;
            [Step(Makes = "text")] public override string ToString() => "";
            [Step] public void Dispose() { }
            [Step] public int Definition() => 1;
            [Step] public int Create() => 1;
            [Step] public int Read() => 1;
            [Step] public int Matches() => 1;
            [Step] public int FlowGen() => 1;
            [Step] public int System() => 1;
        }
        """)]
    [InlineData("""
        public record M(int er, int Er, int value, int Reader, int Writer, int member, int key, int left, int count, int index, int @class, int Create);
        public class P { public int HashCode { get; private set; } public int Create { get; private set; } public int Write { get; private set; } public int Er { get; init; } }
        [Flow] public partial class F { [Step] public M A() => null!; [Step] public P B() => null!; }
        """)]
    [InlineData("""
        namespace My.FlowGen.System
        {
            public class Object; public class String; public class Task;
            public record Person(string Name);
            [global::FlowGen.Flow] public partial class F { [global::FlowGen.Step] public Person A() => new(""); [global::FlowGen.Step] public int B(Person a) => 1; }
        }
        """)]
    [InlineData("""
        [Flow] public partial class F
        {
            [Parameter, AllowedValues(true, false)] public bool Any { get; init; }
            [Parameter, AllowedValues(1, 1)] public int One { get; init; } = 1;
            [Step] public int A() => 1;
        }
        """)]
    [InlineData("""[Flow("hindi")] public partial class हिन्दीFlow { public record Größe(int Höhe); [Step] public Größe संख्या() => new(1); [Step] public int B(Größe संख्या) => 1; }""")]
    public void Names_ThatGeneratedCodeUsesToo_DoNotCollide(string source) => Compiler.Compile(source).AssertClean();

    [Fact]
    public void Constructor_ThatTakesItsOwnType_IsNoCopyIfAMemberHoldsIt() => Compiler.Compile("""
        public sealed class Link(int value, Link? next) { public int Value => value; public Link? Next => next; }
        public sealed class Chain(Chain? next) { public Chain? Next => next; }
        [Flow] public partial class F { [Step] public Link A() => new(1, null); [Step] public Chain B() => new(null); }
        """).AssertClean();

    /// <summary>What the user silenced at its own uses cannot be silenced in generated code, so nothing may warn there.</summary>
    [Theory]
    [InlineData("""
        #pragma warning disable XX1
        [System.Diagnostics.CodeAnalysis.Experimental("XX1")] public record Row(int Id);
        [System.Diagnostics.CodeAnalysis.Experimental("XX1")] [Flow] public partial class F { [Step] public Row A() => new(1); }
        """)]
    [InlineData("""
        [Flow] public partial class F { [Step] public Old A() => new(); }
        #nullable disable
        public class Old { public List<string> Names { get; set; } public Old Next { get; set; } public Dictionary<string, Old[]> All; }
        """)]
    public void GeneratedCode_OfTypesThatWarn_IsSilent(string source)
    {
        var compilation = Compiler.Compilation(source);
        Compiler.Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported, TestContext.Current.CancellationToken);

        Assert.Empty(reported);
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
    }
}
