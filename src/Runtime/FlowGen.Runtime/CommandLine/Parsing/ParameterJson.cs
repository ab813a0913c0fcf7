using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Executing;

namespace FlowGen.CommandLine;

/// <summary>Values of parameters as JSON, the way <c>status --json</c> shows them.</summary>
internal static class ParameterJson
{
    public static string Show(ParameterDefinition parameter, object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) MessagePackJson.Write(json, new ReadOnlySequence<byte>(ParameterValues.Encode(parameter, value)));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
