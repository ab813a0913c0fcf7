using System.Buffers;
using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>A parameter of a known type, parser and codec.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
/// <typeparam name="TCodec">Their codec.</typeparam>
public sealed class ParameterDefinition<T, TCodec> : ParameterDefinition where TCodec : struct, ICodec<T>
{
    /// <summary>Turns text into a value.</summary>
    public required ParameterParser<T> Parser { get; init; }

    /// <summary>Says what is wrong with a value, as the end of a sentence such as "must be between 0.05 and 0.5", or <c>null</c> if nothing is; what is wrong inside of it begins with the place, such as <c>.trees</c> or <c>[2]</c>. <c>null</c> where every value is good.</summary>
    public Func<T, string?>? Check { get; init; }

    /// <inheritdoc/>
    public override bool IsCollection => Parser.IsCollection;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => Parser.Choices;

    internal override Type Type => typeof(T);

    internal override string Expected => Parser.Expected;

    internal override string Example => Parser.Example;

    internal override bool IsJson => Parser.IsJson;

    internal override bool IsSecret => Parser.IsSecret;

    internal override object? Read(ref Utf8JsonReader json) => Parser.Read(ref json);

    /// <inheritdoc/>
    public override object? Parse(IReadOnlyList<string> texts) => Parser.Parse(texts);

    /// <inheritdoc/>
    public override string? Validate(object? value) => Check?.Invoke((T)value!);

    /// <inheritdoc/>
    public override void Encode(IBufferWriter<byte> output, object? value) => Codec.Encode<T, TCodec>(output, value);

    /// <inheritdoc/>
    public override object? Decode(in ReadOnlySequence<byte> content) => Codec.Decode<T, TCodec>(content);
}
