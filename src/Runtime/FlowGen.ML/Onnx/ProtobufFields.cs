namespace FlowGen.ML.Onnx;

/// <summary>The fields of a protobuf message, one after the other.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private int _kind = -1;

    public int Number { get; private set; }

    public readonly bool IsNumber => _kind == Varint;

    public readonly bool IsBytes => _kind == Bytes;

    /// <summary>The value of a number.</summary>
    public long Value { get; private set; }

    /// <summary>The content of a text, message or block of bytes.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <exception cref="InvalidDataException">What comes is no field.</exception>
    public bool Next()
    {
        if (_position == _message.Length) return false;
        var tag = ReadVarint();
        (Number, _kind) = ((int)(tag >> 3), (int)(tag & 7));
        if (tag < 8 || tag >> 3 > 536_870_911) throw Wrong($"{tag} is no field");
        switch (_kind)
        {
            case Varint: Value = (long)ReadVarint(); break;
            case Fixed64: Take(8); break;
            case Bytes: Content = Take(ReadVarint()); break;
            case Fixed32: Take(4); break;
            default: throw Wrong($"field {Number} is of the unknown kind {_kind}");
        }

        return true;
    }

    public readonly InvalidDataException Wrong(string what) => new($"These {_message.Length} bytes are no ONNX model: {what} (at byte {_position}). Give the content of a file .onnx, such as what ConvertToOnnx or torch.onnx.export write.");

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _position)) throw Wrong($"field {Number} has {length} bytes, and {_message.Length - _position} are left");
        var taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length) throw Wrong("a number ends behind the last byte");
            var next = _message[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Wrong("a number has more than 64 bits");
    }
}
