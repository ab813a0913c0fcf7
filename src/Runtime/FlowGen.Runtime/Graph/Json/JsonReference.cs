using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A shape that is made when it is needed, so that types can refer to each other.</summary>
internal sealed class JsonReference(Func<JsonShape> shape) : JsonShape
{
    internal override string Expected => shape().Expected;

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer) => shape().Write(ref json, ref writer);

    internal override void WriteText(string text, ref MessagePackWriter writer) => shape().WriteText(text, ref writer);

    internal override string Example(int depth) => depth > 0 ? shape().Example(depth - 1) : "{}";
}
