namespace FlowGen.CompilerServices;

/// <summary>The shapes that generated code composes for the types of parameters that are given as JSON.</summary>
public static class JsonShapes
{
    /// <summary>Bytes in base64.</summary>
    public static JsonShape Bytes { get; } = new JsonBytes();

    /// <summary>A number, text, <c>true</c> or <c>false</c>.</summary>
    public static JsonShape Scalar<T, TCodec>(ParameterParser<T> parser) where TCodec : struct, ICodec<T> => new JsonScalar<T, TCodec>(parser);

    /// <summary>What the inner shape is, or <c>null</c>.</summary>
    public static JsonShape Nullable(JsonShape value) => new JsonNullable(value);

    /// <summary>A list of any length.</summary>
    public static JsonShape List(JsonShape item) => new JsonList(item);

    /// <summary>A dictionary.</summary>
    public static JsonShape Map(JsonShape key, JsonShape value) => new JsonMap(key, value);

    /// <summary>A list of exactly these.</summary>
    public static JsonShape Tuple(params JsonShape[] items) => new JsonTuple(items);

    /// <summary>A shape that is made when it is needed, so that types can refer to each other.</summary>
    public static JsonShape Of(Func<JsonShape> shape) => new JsonReference(shape);

    /// <summary>An object whose encoding is a map.</summary>
    /// <param name="type">Its type as people see it.</param>
    /// <param name="members">Its members.</param>
    public static JsonShape Object(string type, params JsonMember[] members) => new JsonObject(type, members, isIndexed: false);

    /// <summary>A value of one of several types, as an object with the name of its type for its only member.</summary>
    /// <param name="type">The type of all of them, as people see it.</param>
    /// <param name="members">The types.</param>
    public static JsonShape Union(string type, params JsonMember[] members) => new JsonUnion(type, members, isNumbered: false);

    /// <summary>The same for a union whose encoding has numbers.</summary>
    /// <param name="type">The type of all of them, as people see it.</param>
    /// <param name="members">The types, with their numbers.</param>
    public static JsonShape NumberedUnion(string type, params JsonMember[] members) => new JsonUnion(type, members, isNumbered: true);

    /// <summary>An object whose encoding is an array.</summary>
    /// <param name="type">Its type as people see it.</param>
    /// <param name="members">Its members, by index.</param>
    public static JsonShape Indexed(string type, params JsonMember[] members) => new JsonObject(type, members, isIndexed: true);
}
