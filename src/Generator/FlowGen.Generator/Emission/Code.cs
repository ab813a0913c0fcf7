using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Emission;

/// <summary>Pieces of C# source.</summary>
internal static class Code
{
    /// <summary>Name of the one private type that holds everything generated that is not API.</summary>
    public const string NestedType = "__Flow";

    public const string Services = "global::FlowGen.CompilerServices.";

    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"FlowGen\", \"{typeof(Code).Assembly.GetName().Version}\")]";

    public static string Literal(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(bool value) => value ? "true" : "false";

    public static string Literal(double value) => SymbolDisplay.FormatPrimitive(value, quoteStrings: false, useHexadecimalNumbers: false)!;

    /// <summary>A duration, in the largest unit that is exact.</summary>
    public static string Literal(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerSecond == 0
        ? $"global::System.TimeSpan.FromSeconds({duration.Ticks / TimeSpan.TicksPerSecond})"
        : $"global::System.TimeSpan.FromMilliseconds({duration.Ticks / TimeSpan.TicksPerMillisecond})";

    /// <summary>An identifier, escaped if it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string List(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";
}
