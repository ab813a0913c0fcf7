using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using FlowGen;
using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Artifacts;

/// <summary>A flow whose one step makes one value, compiled with the real generator, loaded and run.</summary>
internal sealed class ArtifactProgram(Loaded loaded, string flow)
{
    public ArtifactProgram(string declarations, string type, string value) : this(new Loaded(Source(declarations, type, value)), "TestFlow") { }

    public ArtifactDefinition Artifact => loaded.Definition(flow).Artifacts[0];

    public static string Source(string declarations, string type, string value) => $$"""
        {{declarations}}

        [Flow]
        public partial class TestFlow
        {
            [Step] private static {{type}} Make() => {{value}};
        }
        """;

    /// <summary>Many programs compiled as one, each in a namespace of its own: a table of cases costs one compilation.</summary>
    /// <remarks>MessagePack's annotations are known by name only, so the tests declare what they need of them.</remarks>
    public static ArtifactProgram[] Compile(IEnumerable<(string Declarations, string Type, string Value)> cases, string more = "")
    {
        var all = cases.ToList();
        var loaded = new Loaded([.. all.Select((c, i) => $"namespace Case{i}\n{{\n{Source(c.Declarations, c.Type, c.Value).Replace("[Flow]", $"[Flow(\"test-{i}\")]", StringComparison.Ordinal)}\n}}"),
            "namespace MessagePack { public sealed class IgnoreMemberAttribute : Attribute; }", more]);
        return [.. all.Select((_, i) => new ArtifactProgram(loaded, $"Case{i}.TestFlow"))];
    }

    /// <summary>What the step returns.</summary>
    public object? Make() => loaded.Assembly.GetType(flow)!.GetMethod("Make", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null);

    public byte[] Encode(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Artifact.Encode(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    public object? Decode(byte[] bytes) => Artifact.Decode(new ReadOnlySequence<byte>(bytes));

    /// <summary>Encodes what the step returns, reads it, checks that nothing was lost, and returns the encoding as JSON.</summary>
    public string RoundTrip() => RoundTrip(Make());

    /// <summary>The same with a value.</summary>
    public string RoundTrip(object? value)
    {
        var bytes = Encode(value);
        var read = Decode(bytes);
        Assert.Equal(bytes, Encode(read));
        Assert.Equal(value?.GetType(), read?.GetType());
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<ArtifactFormatException>(() => Decode(bytes[..length]));
        return Json(bytes);
    }

    public static string Json(byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            MessagePackJson.Write(json, new ReadOnlySequence<byte>(bytes));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
