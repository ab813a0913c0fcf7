using FlowGen;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Artifacts;

/// <summary>Codecs that people write: found, checked, called, and blamed for what goes wrong in them.</summary>
public class CustomCodecTests
{
    private const string Money = """
        public readonly struct Money(long cents) { public long Cents => cents; public override string ToString() => $"{cents}"; }
        """;

    private static string Codec(string name = "MoneyCodec", string type = "Money", string write = "writer.Write(value.Cents);", string read = "return new(reader.ReadInt64());", string kind = "public readonly struct") => $$"""
        {{kind}} {{name}} : ICodec<{{type}}>
        {
            public static void Write(ref MessagePack.MessagePackWriter writer, {{type}} value) { {{write}} }
            public static {{type}} Read(ref MessagePack.MessagePackReader reader) { {{read}} }
        }
        """;

    [Fact]
    public void Page_OfCustomCodecs_RoundTrips()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "custom-codecs.md"));
        var loaded = new Loaded(page.Split("```csharp\n")[1].Split("\n```")[0]);
        var program = new ArtifactProgram(loaded, "CountFlow");
        Assert.Equal("{\"Bytes\":[0,0,0,0,0,0,0,0,0,0,\"… 246 more\"],\"Last\":[2,[[2,\"text\"],[3,\"text\"]]],\"Log\":\"three lines\"}",
            program.RoundTrip(loaded.Assembly.GetType("CountFlow")!.GetMethod("Count")!.Invoke(null, null)));
    }

    [Fact]
    public void Codec_OfAnyPlace_IsUsed()
    {
        (string Declarations, string Type, string Value, string Json)[] cases =
        [
            ($"[ArtifactCodec(typeof(MoneyCodec))] {Money} {Codec()}", "Money[]", "[new(5), new(6)]", "[5,6]"),
            ($"[ArtifactCodec(typeof(MoneyCodec))] {Money} {Codec()}", "Money?", "null", "null"),
            ($"[ArtifactCodec(typeof(MoneyCodec))] public interface IMoney {{ long Cents {{ get; }} }} public sealed class Coin(long cents) : IMoney {{ public long Cents => cents; }} {Codec(type: "IMoney", read: "return new Coin(reader.ReadInt64());")}",
                "Dictionary<string, IMoney?>", "new() { [\"a\"] = new Coin(7), [\"b\"] = null }", """{"a":7,"b":null}"""),
            ($"[ArtifactCodec(typeof(MoneyCodec<>))] public sealed class Money<T>(T[] values) {{ public T[] Values => values; }} {Codec("MoneyCodec<T>", "Money<T>", "writer.Write(value.Values.Length);", "return new(new T[reader.ReadInt32()]);")}",
                "Money<Action>", "new(new Action[3])", "3"),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)));
        Assert.Equal(cases.Select(c => c.Json), programs.Select(program => program.RoundTrip()));
    }

    [Fact]
    public void Codec_OfTheProject_WinsOverTheTypesOwn()
    {
        var program = new ArtifactProgram($"[assembly: ArtifactCodec(typeof(Money), typeof(TextCodec))] [ArtifactCodec(typeof(MoneyCodec))] {Money} {Codec()} {Codec("TextCodec", write: "writer.Write(value.ToString());", read: "return new(long.Parse(reader.ReadString()!));")}",
            "Money", "new(5)");
        Assert.Equal("\"5\"", program.RoundTrip());
    }

    [Theory]
    [InlineData("", false), InlineData(", Shareable = true", true), InlineData(", Shareable = false", false)]
    public void Shareable_IsWhatTheAttributeSays(string argument, bool expected)
    {
        var program = new ArtifactProgram($"[ArtifactCodec(typeof(MoneyCodec){argument})] {Money} {Codec()}", "ImmutableArray<Money>", "[]");
        Assert.Equal(expected, program.Artifact.Shareable);
    }

    [Theory]
    [InlineData("throw new NotSupportedException(\"why\");", "[0].Item1: MoneyCodec cannot write it: why")]
    [InlineData("throw new ArtifactException(\"why\");", "[0].Item1: why")]
    public void Exception_OfACodec_NamesPathAndCodec(string write, string expected)
    {
        var program = new ArtifactProgram($"[ArtifactCodec(typeof(MoneyCodec))] {Money} {Codec(write: write)}", "(Money, int)[]", "[(new(5), 1)]");
        Assert.Equal(expected, Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message);
    }

    [Fact]
    public void Null_NeverReachesACodec()
    {
        var program = new ArtifactProgram($"[ArtifactCodec(typeof(MoneyCodec))] public sealed class Money(long cents) {{ public long Cents => cents; }} {Codec(read: "reader.Skip(); return null!;")}", "List<Money>", "[new(1), null!]");
        Assert.StartsWith("[1]: null where the type Money", Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message, StringComparison.Ordinal);
        Assert.Contains("MoneyCodec made null", Assert.Throws<ArtifactFormatException>(() => program.Decode([0x91, 1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("writer.Write(value.Cents); writer.Write(1);", "return new(reader.ReadInt64() + reader.ReadInt64());")]
    [InlineData("writer.WriteArrayHeader(2); writer.Write(value.Cents); writer.Write(1);", "reader.ReadArrayHeader(); return new(reader.ReadInt64());")]
    public void Codec_OfMoreOrLessThanOneValue_IsBlamed(string write, string read)
    {
        var program = new ArtifactProgram($"[ArtifactCodec(typeof(MoneyCodec))] {Money} {Codec(write: write, read: read)}", "(Money, Money)", "(new(5), new(6))");
        Assert.Contains("MoneyCodec does not end where its value ends", Assert.Throws<ArtifactFormatException>(() => program.Decode(program.Encode(program.Make()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ArtifactCodec(typeof(int))]", "", "FG0515 artifact 'make' of step 'make' is 'Money', whose codec 'int' does not implement ICodec; implement ICodec<Money>")]
    [InlineData("[ArtifactCodec(typeof(MoneyCodec))]", "public readonly struct MoneyCodec : ICodec<int> { public static void Write(ref MessagePack.MessagePackWriter w, int v) { } public static int Read(ref MessagePack.MessagePackReader r) => 0; }",
        "FG0515 artifact 'make' of step 'make' is 'Money', whose codec 'MoneyCodec' is a codec of 'int'; implement ICodec<Money>")]
    [InlineData("[ArtifactCodec(typeof(G<>))]", "public readonly struct G<T> : ICodec<Money> { public static void Write(ref MessagePack.MessagePackWriter w, Money v) { } public static Money Read(ref MessagePack.MessagePackReader r) => default; }",
        "FG0515 artifact 'make' of step 'make' is 'Money', whose codec 'G<>' has 1 type parameters and 'Money' has 0; give it as many, or each with a codec: 'G<T, TCodec>'")]
    [InlineData("[ArtifactCodec(typeof(MoneyCodec))]", "file readonly struct MoneyCodec : ICodec<Money> { public static void Write(ref MessagePack.MessagePackWriter w, Money v) { } public static Money Read(ref MessagePack.MessagePackReader r) => default; }",
        "FG0515 artifact 'make' of step 'make' is 'Money', whose codec 'MoneyCodec' is a file-local type, so the flow cannot name it; remove 'file' from 'MoneyCodec'")]
    public void Codec_ThatDoesNotFit_IsExplained(string attribute, string codec, string expected)
    {
        var found = Compiler.Compile(ArtifactProgram.Source($"{attribute} {Money} {codec}", "Money", "default!")).All.Where(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal([expected], found.Select(d => $"{d.Id} {d.GetMessage()}"));
    }

    [Fact]
    public void Codec_ThatTheCompilerCannotSee_IsLeftToIt()
    {
        var found = Compiler.Compile(ArtifactProgram.Source($"[ArtifactCodec(typeof(Outer.MoneyCodec))] {Money} public static class Outer {{ private struct MoneyCodec; }}", "Money", "default!")).All;
        Assert.Equal(["CS0122"], found.Select(d => d.Id));
    }

    [Fact]
    public void Constraint_OfACodec_IsChecked()
    {
        var codec = "public readonly struct BoxCodec<T> : ICodec<Box<T>> where T : unmanaged { public static void Write(ref MessagePack.MessagePackWriter w, Box<T> v) { } public static Box<T> Read(ref MessagePack.MessagePackReader r) => default!; }";
        var found = Compiler.Compile(ArtifactProgram.Source($"[ArtifactCodec(typeof(BoxCodec<>))] public sealed class Box<T>(T x) {{ public T X() => x; }} {codec}", "Box<string>", "default!"));
        Assert.Contains("cannot take 'string' as its type argument 'T'", Assert.Single(found.Reported).GetMessage(), StringComparison.Ordinal);
    }
}
