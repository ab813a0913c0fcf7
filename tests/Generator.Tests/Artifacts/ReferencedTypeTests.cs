using System.Reflection;
using System.Runtime.Loader;
using FlowGen;
using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Artifacts;

/// <summary>Types of other assemblies, whose private fields the compiler cannot see.</summary>
public class ReferencedTypeTests
{
    private const string Library = """
        [assembly: FlowGen.ArtifactCodec(typeof(Library.Handle), typeof(Library.HandleCodec))]
        [assembly: FlowGen.ArtifactCodec(typeof(System.Text.StringBuilder), typeof(Library.BuilderCodec))]

        namespace MessagePack
        {
            public sealed class MessagePackObjectAttribute(bool keyAsPropertyName = false) : System.Attribute { public bool KeyAsPropertyName => keyAsPropertyName; }
            public sealed class KeyAttribute : System.Attribute { public KeyAttribute(int x) { } public KeyAttribute(string x) { } }
            public sealed class IgnoreMemberAttribute : System.Attribute;
        }

        namespace Library
        {
            using MessagePack;

            public sealed class Handle { private readonly int _x; public Handle(string text) => _x = text.Length; public int X() => _x; }
            public readonly struct HandleCodec : FlowGen.ICodec<Handle>
            {
                public static void Write(ref MessagePackWriter writer, Handle value) => writer.Write(value.X());
                public static Handle Read(ref MessagePackReader reader) => new(new string('x', reader.ReadInt32()));
            }
            public readonly struct BuilderCodec : FlowGen.ICodec<System.Text.StringBuilder>
            {
                public static void Write(ref MessagePackWriter writer, System.Text.StringBuilder value) => writer.Write(value.ToString());
                public static System.Text.StringBuilder Read(ref MessagePackReader reader) => new(reader.ReadString());
            }

            public sealed record Row(int Id, string Name) { public int Length => Name.Length; public double Weight { get; init; } }
            public record struct Cell(int X, int Y);
            public class Plain { public int X { get; set; } }
            [MessagePackObject] public class Indexed { [Key(2)] public string? Name { get; set; } [Key(0)] public int Id { get; set; } public int Other { get; set; } }
            [MessagePackObject(true)] public class Named { public int Id { get; set; } [IgnoreMember] public int Cache { get; set; } }
            [MessagePackObject] public class Keyed { [Key("n")] public int Number { get; set; } }
        }
        """;

    [Theory]
    [InlineData("Row", "new(1, \"a\") { Weight = 2 }", """{"Id":1,"Name":"a","Weight":2}""")]
    [InlineData("Cell", "new(1, 2)", """{"X":1,"Y":2}""")]
    [InlineData("Indexed", "new() { Id = 1, Name = \"a\", Other = 5 }", """[1,null,"a"]""")]
    [InlineData("Named", "new() { Id = 1, Cache = 5 }", """{"Id":1}""")]
    [InlineData("Keyed", "new() { Number = 1 }", """{"n":1}""")]
    [InlineData("Handle", "new(\"abc\")", "3")]
    public void Type_WhoseStateIsPublic_IsStored(string type, string value, string json)
    {
        var program = Compile($"Library.{type}", value, "");
        Assert.Empty(program.All.Select(d => d.ToString()));
        var context = new AssemblyLoadContext("referenced");
        context.LoadFromStream(new MemoryStream(Image(CompileLibrary())));
        var flow = context.LoadFromStream(new MemoryStream(Image(program.Output))).GetType("TestFlow")!;
        var artifact = ((FlowDefinition)Private(typeof(ReferencedTypeTests), nameof(DefinitionOf)).MakeGenericMethod(flow).Invoke(null, null)!).Artifacts[0];
        var made = Private(flow, "Make").Invoke(null, null);
        var bytes = Encode(artifact, made);
        Assert.Equal(json, ArtifactProgram.Json(bytes));
        Assert.Equal(bytes, Encode(artifact, artifact.Decode(new System.Buffers.ReadOnlySequence<byte>(bytes))));
        Assert.False(artifact.Shareable);
    }

    [Fact]
    public void PlainClass_IsRefused_UnlessVouchedFor()
    {
        Assert.Equal(["FG0508"], Compile("Library.Plain", "new()", "").All.Select(d => d.Id));
        Assert.Empty(Compile("Library.Plain", "new()", "[assembly: ArtifactType(typeof(Library.Plain))]").All);
    }

    [Fact]
    public void CodecOfAReferencedAssembly_ThatAnotherContradicts_IsSettledByTheProject()
    {
        const string Codec = """
            public readonly struct MyCodec : ICodec<System.Text.StringBuilder>
            {
                public static void Write(ref MessagePack.MessagePackWriter writer, System.Text.StringBuilder value) => writer.Write(value.Length);
                public static System.Text.StringBuilder Read(ref MessagePack.MessagePackReader reader) => new(reader.ReadInt32());
            }
            """;
        Assert.Empty(Compile("System.Text.StringBuilder", "new()", "").All);
        var other = "[assembly: FlowGen.ArtifactCodec(typeof(System.Text.StringBuilder), typeof(Other.TheirCodec))] namespace Other { " + "using FlowGen; " + Codec.Replace("MyCodec", "TheirCodec", StringComparison.Ordinal) + " }";
        var second = MetadataReference.CreateFromImage(Image(CompileLibrary(other, "Other")));
        Assert.Equal(["FG0516 artifact 'make' of step 'make' is 'StringBuilder', for which several codecs are named: BuilderCodec of assembly 'Library' and TheirCodec of assembly 'Other'; " +
            "choose one with [assembly: ArtifactCodec(typeof(StringBuilder), typeof(...))] in this project"], Compile("System.Text.StringBuilder", "new()", "", second).All.Select(d => $"{d.Id} {d.GetMessage()}"));
        Assert.Empty(Compile("System.Text.StringBuilder", "new()", "[assembly: ArtifactCodec(typeof(System.Text.StringBuilder), typeof(MyCodec))] " + Codec, second).All);
    }

    private static byte[] Encode(ArtifactDefinition artifact, object? value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        artifact.Encode(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    private static CSharpCompilation CompileLibrary(string source = Library, string name = "Library")
    {
        var empty = Compiler.Compilation();
        return CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source, Compiler.ParseOptions)], empty.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static byte[] Image(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return image.ToArray();
    }

    private static Compiled Compile(string type, string value, string declarations, params MetadataReference[] others) => Compiler.Compile(
        Compiler.Compilation(ArtifactProgram.Source(declarations, type, value)).AddReferences([MetadataReference.CreateFromImage(Image(CompileLibrary())), .. others]));

    private static MethodInfo Private(Type type, string name) => type.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static FlowDefinition DefinitionOf<T>() where T : class, IFlow<T> => T.Definition;
}
