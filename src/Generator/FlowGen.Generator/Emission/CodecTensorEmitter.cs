using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the codec of a tensor, which is stored like an array of several dimensions.</summary>
internal static class CodecTensorEmitter
{
    public static void Emit(SourceWriter writer, TensorCodecModel codec)
    {
        var grid = $"<{codec.ItemTypeName}, {codec.ItemCodecName}>";
        writer.Open($"internal readonly struct {codec.Name} : global::FlowGen.ICodec<{codec.TypeName}>");
        writer.Open($"public static void Write(ref global::MessagePack.MessagePackWriter writer, {codec.TypeName} value)");
        writer.Line($"var items = new {codec.ItemTypeName}[checked((int){Code.Services}Exact.NotNull(value).FlattenedLength)];");
        writer.Line("value.FlattenTo(items);");
        writer.Line($"{Code.Services}Grid.Write{grid}(ref writer, value.Lengths, items);");
        writer.Close();
        writer.Line();
        writer.Open($"public static {codec.TypeName} Read(ref global::MessagePack.MessagePackReader reader)");
        writer.Line($"var items = {Code.Services}Grid.Read{grid}(ref reader, out var lengths);");
        writer.Line("return global::System.Numerics.Tensors.Tensor.Create(items, lengths);");
        writer.Close();
        writer.Close();
    }
}
