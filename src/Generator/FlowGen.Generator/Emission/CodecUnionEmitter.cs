using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the codec of a union: the name of a value's type, then what the codec of that type writes.</summary>
internal static class CodecUnionEmitter
{
    private const string Unions = Code.Services + "UnionCodec.";

    public static void Emit(SourceWriter writer, UnionCodecModel codec)
    {
        writer.Open($"internal readonly struct {codec.Name} : global::FlowGen.ICodec<{codec.TypeName}>");
        var members = Code.Literal(string.Join(", ", codec.Members.Select(member => member.Name)));
        EmitWrite(writer, codec, members);
        writer.Line();
        EmitRead(writer, codec, members);
        writer.Close();
    }

    private static void EmitWrite(SourceWriter writer, UnionCodecModel codec, string members)
    {
        writer.Open($"public static void Write(ref global::MessagePack.MessagePackWriter writer, {codec.TypeName} value)");
        writer.Line($"var type = {Code.Services}Exact.NotNull<{codec.TypeName}>(value).GetType();");
        var keyword = "if";
        foreach (var member in codec.Members)
        {
            writer.Open($"{keyword} (type == typeof({member.TypeName}))");
            writer.Line(codec.IsNumbered ? $"{Unions}WriteNumber(ref writer, {member.Number});" : $"{Unions}WriteName(ref writer, {Code.Literal(member.Name)}u8);");
            writer.Line($"{member.CodecName}.Write(ref writer, ({member.TypeName})value);");
            writer.Close();
            keyword = "else if";
        }

        writer.Open("else");
        writer.Line($"throw {Unions}Outside(type, typeof({codec.TypeName}), {members});");
        writer.Close();
        writer.Close();
    }

    private static void EmitRead(SourceWriter writer, UnionCodecModel codec, string members)
    {
        writer.Open($"public static {codec.TypeName} Read(ref global::MessagePack.MessagePackReader reader)");
        writer.Line(codec.IsNumbered ? $"var number = {Unions}ReadNumber(ref reader);" : $"var name = {Unions}ReadName(ref reader);");
        foreach (var member in codec.Members)
        {
            var condition = codec.IsNumbered ? $"number == {member.Number}" : $"global::System.MemoryExtensions.SequenceEqual(name, {Code.Literal(member.Name)}u8)";
            writer.Line($"if ({condition}) return {member.CodecName}.Read(ref reader);");
        }

        writer.Line($"throw {Unions}Unknown({(codec.IsNumbered ? "number" : "name")}, {Code.Literal(codec.Shown)}, {members});");
        writer.Close();
    }
}
