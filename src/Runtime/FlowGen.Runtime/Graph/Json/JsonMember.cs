using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>A member of an object in JSON.</summary>
/// <param name="key">Its name in the encoding, such as <c>Trees</c>; in JSON it is written <c>trees</c>, or in any other case.</param>
/// <param name="shape">What its value looks like.</param>
public sealed class JsonMember(string key, JsonShape shape)
{
    /// <summary>Index or number in the encoding, for types with MessagePack's numbers.</summary>
    public int Index { get; init; }

    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional { get; init; }

    internal string Key => key;

    internal string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(key);

    internal JsonShape Shape => shape;
}
