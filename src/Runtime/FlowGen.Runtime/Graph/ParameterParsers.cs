namespace FlowGen.CompilerServices;

/// <summary>The parsers that generated code composes for the types of parameters.</summary>
public static class ParameterParsers
{
    /// <summary>Takes any text as it is.</summary>
    public static ParameterParser<string> String { get; } = new ParameterParserOfString();

    /// <summary>Takes <c>true</c> and <c>false</c>, ignoring case.</summary>
    public static ParameterParser<bool> Boolean { get; } = new ParameterParserOfBoolean();

    /// <summary>Takes absolute and relative addresses.</summary>
    public static ParameterParser<Uri> Uri { get; } = new ParameterParserOfUri();

    /// <summary>Takes the path of a file. Whether it exists is found out when the run starts.</summary>
    public static ParameterParser<InputFile> File { get; } = new ParameterParserOfFile();

    /// <summary>Takes what the type itself parses in the invariant culture.</summary>
    /// <remarks>Stricter where the type surprises: no thousands separators (<c>0,5</c> is not 5), no bare number as a count of days, instants without an offset are UTC.</remarks>
    public static ParameterParser<T> Parsable<T>() where T : IParsable<T> => new ParameterParserOfParsable<T>();

    /// <summary>Takes the names of the declared members, ignoring case.</summary>
    public static ParameterParser<T> Enum<T>() where T : struct, Enum => new ParameterParserOfEnum<T>();

    /// <summary>Takes what the inner parser takes.</summary>
    public static ParameterParser<T?> Nullable<T>(ParameterParser<T> inner) where T : struct => new ParameterParserOfNullable<T>(inner);

    /// <summary>Takes what the inner parser takes.</summary>
    public static ParameterParser<T?> Optional<T>(ParameterParser<T> inner) where T : class => new ParameterParserOfOptional<T>(inner);

    /// <summary>Takes one JSON value of a shape; if that is a list, also its items one by one.</summary>
    public static ParameterParser<T> Json<T, TCodec>(JsonShape shape) where TCodec : struct, ICodec<T> => new ParameterParserOfJson<T, TCodec>(shape);

    /// <summary>Takes what the inner parser takes and lets nobody see it.</summary>
    public static ParameterParser<Secret<T>> Secret<T>(ParameterParser<T> inner) where T : notnull => new ParameterParserOfSecret<T>(inner);

    /// <summary>Takes the name of a run, whose artifact is the value.</summary>
    public static ParameterParser<Artifact<T>> Artifact<T>() => new ParameterParserOfArtifact<T>();

    /// <summary>Takes any number of what the inner parser takes, or a list of them as JSON.</summary>
    public static ParameterParser<T[]> Array<T>(ParameterParser<T> inner) => new ParameterParserOfArray<T>(inner);
}
