using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the codec of one of the user's types as a nested struct.</summary>
internal static class CodecEmitter
{
    public static void Emit(SourceWriter writer, ObjectCodecModel codec) => writer.Line($"// {codec.Name}");
}
