using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Artifacts;

/// <summary>What people read when a type cannot be stored, word for word, with the path to the culprit.</summary>
public class ArtifactRuleTests
{
    [Theory]
    [InlineData("public record Candidate(double Auc, Model Model); public record Model(System.IO.FileStream Session);", "Candidate",
        "FG0504 artifact 'make' of step 'make': Candidate.Model.Session is 'FileStream', an open resource and not data; store its content as byte[], or as a Blob if it is large")]
    [InlineData("", "Func<int>", "FG0504 artifact 'make' of step 'make' is 'Func<int>', code and not data; store what the code works on, and call it in the step that needs it")]
    [InlineData("", "Task<int>[]", "FG0504 artifact 'make' of step 'make': Task<int>[][i] is 'Task<int>', work that may still be running and not data; await it and store its result")]
    [InlineData("public class Source { public event Action? Changed; public int X { get; set; } }", "Source",
        "FG0504 artifact 'make' of step 'make': Source.Changed is 'Action', code and not data; store what the code works on, and call it in the step that needs it")]
    [InlineData("", "Dictionary<string, object>",
        "FG0502 artifact 'make' of step 'make': Dictionary<string, object>[key] is 'object', which can hold anything, so it cannot be stored and read again; use a class or record of your own")]
    [InlineData("", "dynamic", "FG0502 artifact 'make' of step 'make' is 'dynamic', which can hold anything, so it cannot be stored and read again; use a class or record of your own")]
    [InlineData("", "IQueryable<int>", "FG0503 artifact 'make' of step 'make' is 'IQueryable<int>', which is computed while it is read and not data; return the items, as an array or List<T>")]
    [InlineData("", "IAsyncEnumerable<int>", "FG0503 artifact 'make' of step 'make' is 'IAsyncEnumerable<int>', which is computed while it is read and not data; return the items, as an array or List<T>")]
    [InlineData("", "IComparable", "FG0501 artifact 'make' of step 'make' is 'IComparable', an interface, so its content is not known; use a class, a record, or a collection such as IReadOnlyList<T>")]
    [InlineData("public abstract record Shape(int Id); public record Circle(int Id) : Shape(Id); public record Drawing(Shape[] Shapes);", "Drawing",
        "FG0501 artifact 'make' of step 'make': Drawing.Shapes[i] is 'Shape', an abstract class, so its content is not known; use a class or record that is not abstract, or list its types with [ArtifactUnion(typeof(...))]")]
    [InlineData("public record Settings(Dictionary<string, Blob> Files); public partial class Other { } [Flow] public partial class G { [Parameter] public required Settings Of { get; init; } [Parameter] public Blob[] Many { get; init; } = []; [Step] public Settings Fine() => Of; }", "Blob",
        "FG0531 parameter 'of' is 'Settings', which can contain a 'Blob', and only steps make blobs; take the file that holds the content as an 'InputFile'",
        "FG0531 parameter 'many' is 'Blob[]', which can contain a 'Blob', and only steps make blobs; take the file that holds the content as an 'InputFile'")]
    [InlineData("public record Report(InputFile File);", "Report", "FG0506 artifact 'make' of step 'make': Report.File is 'InputFile', which only parameters can be; take the parameter as input wherever the file is needed")]
    [InlineData("public class Model { private int _secret = 1; public int X { get; set; } public int Y() => _secret; }", "Model",
        "FG0507 artifact 'make' of step 'make' is 'Model', whose field '_secret' would be lost: no constructor parameter and no settable property covers it; add a constructor parameter 'secret', or make it a property")]
    [InlineData("public class Model { public int X { get; } = Random.Shared.Next(); }", "Model",
        "FG0507 artifact 'make' of step 'make' is 'Model', whose property 'X' would be lost: no constructor parameter and no settable property covers it; add 'init' to 'X', or a constructor parameter 'x'")]
    [InlineData("public class Base { private int _hidden; public int Next() => ++_hidden; } public class Model : Base { public int X { get; set; } }", "Model",
        "FG0507 artifact 'make' of step 'make' is 'Model', whose field '_hidden' would be lost: no constructor parameter and no settable property covers it; add a constructor parameter 'hidden', or make it a property")]
    [InlineData("", "Random", "FG0508 artifact 'make' of step 'make' is 'Random' of assembly 'System.Runtime', whose private fields the compiler cannot see; copy what you need into a record, or vouch for it with [assembly: ArtifactType(typeof(Random))]")]
    [InlineData("public class Model : System.Text.Json.JsonSerializerOptionsHolder { } namespace System.Text.Json { public class JsonSerializerOptionsHolder : Random { } }", "Model",
        "FG0508 artifact 'make' of step 'make' is 'Model, derived from Random' of assembly 'System.Runtime', whose private fields the compiler cannot see; do not derive from it, or vouch for it with [assembly: ArtifactType(typeof(Random))]")]
    [InlineData("public class Model { public Model(string file) => X = file.Length; public int X { get; } }", "Model",
        "FG0509 artifact 'make' of step 'make' is 'Model', which cannot be made again from its members: no member has the name and type of the constructor's parameter 'file'; add a property 'File' of type 'string', or another constructor")]
    [InlineData("public sealed record A(B B); public sealed record B(A A, int X);", "A?", "FG0511 artifact 'make' of step 'make' is 'B', which always contains another one (B.A.B); make one of these members nullable")]
    public void Type_ThatCannotBeStored_IsExplained(string declarations, string type, params string[] expected)
    {
        var found = Compiler.Compile(ArtifactProgram.Source(declarations, type, "default!")).All.Where(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(expected, found.Select(d => $"{d.Id} {d.GetMessage()}"));
    }

    [Fact]
    public void FileLocalType_IsRefusedByName()
    {
        var found = Compiler.Compile("file record Hidden(int X); public class Holder { private Hidden? H { get; set; } } [Flow] public partial class F { [Step] public Holder Make() => new(); }")
            .All.Where(d => d.Id.StartsWith("FG", StringComparison.Ordinal));
        Assert.Equal(["FG0510 artifact 'make' of step 'make': Holder.H is 'Hidden', which is a file-local type, so the flow cannot name it; remove 'file' from 'Hidden'"], found.Select(d => $"{d.Id} {d.GetMessage()}"));
    }

    [Fact]
    public void Mistake_InAMember_IsToldOnceAndAtTheMember()
    {
        const string Source = """
            public record Model(System.IO.Stream Session, Func<int> Code);
            [Flow]
            public partial class F
            {
                [Step] public static Model One() => null!;
                [Step] public static List<Model> Two() => [];
            }
            """;
        var found = Compiler.Compile(Source).All.ToList();
        Assert.Equal(["FG0504 Session", "FG0504 Code"], found.Select(d => $"{d.Id} {d.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(d.Location.SourceSpan)}"));
        Assert.All(found, d => Assert.Single(d.AdditionalLocations));
    }
}
