using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Fingerprints;

/// <summary>Code of other projects and packages, as the build lists it.</summary>
public class DependencyTests
{
    private const string Flow = """
        [Flow] public partial class FarFlow
        {
            [Step] public static int Near() => 1;
            [Step] public static int Far(int near) => Outer.Api.Call(near);
            [Step] public static int Inner(int near) => Deep.Core.Call(near);
            [Step] public static int Other(int near) => Package.Tool.Call(near);
        }
        """;

    private const string List = """
        Outer project aaaa Outer
        Deep project bbbb Deep
        Package package 1.0.0 Package
        - package 3.0.0 Package.Native
        Unused package 5.0.0 Unused
        """;

    private static readonly PortableExecutableReference s_deep = Library("Deep", "namespace Deep; public static class Core { public static int Call(int x) => x; }");
    private static readonly PortableExecutableReference s_outer = Library("Outer", "namespace Outer; public static class Api { public static int Call(int x) => Deep.Core.Call(x); }", s_deep);
    private static readonly PortableExecutableReference s_package = Library("Package", "namespace Package; public static class Tool { public static int Call(int x) => x; }");

    [Theory]
    [InlineData("project that is called", "aaaa", "cccc", "far")]
    [InlineData("project behind it", "bbbb", "cccc", "far inner")]
    [InlineData("package", "1.0.0", "1.0.1", "other")]
    [InlineData("package without an assembly", "3.0.0", "3.0.1", "other")]
    [InlineData("package that nobody reaches", "5.0.0", "5.0.1", "")]
    public void Edit_OfAnotherAssembly_ChangesTheStepsThatMayReachIt(string edit, string before, string after, string changed) =>
        Assert.Equal((edit, changed), (edit, Fingerprint(List).Changed(Fingerprint(List.Replace(before, after, StringComparison.Ordinal)))));

    [Fact]
    public void Reach_ReferenceThatTheCompilerDoesNotHave_TakesEverything()
    {
        var start = Fingerprint(List, [s_outer, s_package], Flow.Replace("[Step] public static int Inner(int near) => Deep.Core.Call(near);", "", StringComparison.Ordinal), without: "Deep");
        Assert.Contains("Unused", start.Names("far"));
        Assert.DoesNotContain("Unused", start.Names("other"));
    }

    [Fact]
    public void Reach_WithoutAList_TellsVersionsApart() =>
        Assert.Contains("assembly 0.0.0.0 Outer", new Fingerprinted(Compiler.Compilation(Flow).AddReferences(s_deep, s_outer, s_package)).Parts("far"));

    private static Fingerprinted Fingerprint(string list) => Fingerprint(list, [s_deep, s_outer, s_package], Flow, without: null);

    private static Fingerprinted Fingerprint(string list, MetadataReference[] references, string flow, string? without) =>
        new(Compiler.Compilation(flow).AddReferences(references), string.Join("\n", list.Split('\n').Where(line => without is null || !line.StartsWith(without, StringComparison.Ordinal))));

    private static PortableExecutableReference Library(string name, string source, params MetadataReference[] references)
    {
        using var image = new MemoryStream();
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source, Compiler.ParseOptions)],
            [.. Compiler.Compilation().References, .. references], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
