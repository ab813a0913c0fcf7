using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the codec of one of the user's types as a nested struct.</summary>
internal static class CodecEmitter
{
    public static void Emit(SourceWriter writer, CodecModel codec)
    {
        switch (codec)
        {
            case ObjectCodecModel type: Emit(writer, type); break;
            case UnionCodecModel union: CodecUnionEmitter.Emit(writer, union); break;
            case TensorCodecModel tensor: CodecTensorEmitter.Emit(writer, tensor); break;
        }
    }

    private static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Open($"internal readonly struct {codec.Name} : global::FlowGen.ICodec<{codec.TypeName}>");
        EmitWrite(writer, codec);
        writer.Line();
        CodecReadEmitter.Emit(writer, codec);
        CodecAccessorEmitter.Emit(writer, codec);
        if (codec.HasColumns) CodecTableEmitter.Emit(writer, codec);
        writer.Close();
    }

    private static void EmitWrite(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Open($"public static void Write(ref global::MessagePack.MessagePackWriter writer, {codec.TypeName} value)");
        if (codec.IsReference) writer.Line($"{Code.Services}Exact.Of(value);");
        if (codec.IsRecursive) writer.Line($"{Code.Services}Recursion.Enter();");
        writer.Line(codec.Layout == ObjectLayout.Map ? $"writer.WriteMapHeader({codec.Members.Count});" : $"writer.WriteArrayHeader({CodecReadEmitter.Length(codec)});");

        // Only members that can fail need to be known to the filter; a codec without any is inlined.
        var canFail = codec.Members.Any(member => member.CanFail);
        if (canFail)
        {
            writer.Line("var member = \"\";");
            writer.Open("try");
        }

        var index = 0;
        foreach (var member in codec.Members)
        {
            if (codec.Layout == ObjectLayout.Indexed)
                for (; index < member.Index; index++) writer.Line("writer.WriteNil();");
            index++;
            if (member.CanFail) writer.Line($"member = {Code.Literal(member.Name)};");
            if (codec.Layout == ObjectLayout.Map) writer.Line($"writer.WriteString({Code.Literal(member.Key)}u8);");
            writer.Line($"{member.CodecName}.Write(ref writer, {CodecAccessorEmitter.Get(codec, member)});");
        }

        if (canFail)
        {
            writer.Close();
            writer.Open($"catch (global::FlowGen.ArtifactException exception) when ({Code.Services}ArtifactPath.Member(exception, member))");
            writer.Line("throw;");
            writer.Close();
        }

        if (codec.IsRecursive) writer.Line($"{Code.Services}Recursion.Leave();");
        writer.Close();
    }
}
