using System.Collections.Immutable;

namespace Language.Tests.Flows;

/// <summary>Types of values.</summary>
internal enum Kind { Number, Numbers, Words, Flag, Choice, Digit, Letter, Point, Blob }

internal static class Kinds
{
    public static string Type(this Kind kind) => kind switch
    {
        Kind.Number => "long",
        Kind.Numbers => "long[]",
        Kind.Words => "List<string>",
        Kind.Flag => "bool",
        Kind.Choice => "Choice",
        Kind.Digit => "int",
        Kind.Letter => "string",
        Kind.Blob => "Blob",
        _ => "Point",
    };

    public static bool IsCollection(this Kind kind) => kind is Kind.Numbers or Kind.Words;

    /// <summary>The kind of a collection's items.</summary>
    public static Kind Item(this Kind kind) => kind == Kind.Words ? Kind.Letter : Kind.Number;

    /// <summary>All values of a decision, told apart at least as finely as by any condition; none if it does not decide.</summary>
    public static ImmutableArray<object> Values(this Kind kind) => kind switch
    {
        Kind.Flag => [true, false],
        Kind.Choice => [Choice.A, Choice.B, Choice.C],
        Kind.Digit => [0, 1, 2, 3],
        Kind.Letter => ["x", "y", "z"],
        _ => [],
    };

    /// <summary>The values that conditions name. Of an open type there is always something else.</summary>
    public static ImmutableArray<object> Named(this Kind kind) => kind is Kind.Digit or Kind.Letter ? kind.Values()[..^1] : kind.Values();

    /// <summary>The kind of a constant in a condition.</summary>
    public static Kind Of(object value) => value switch { bool => Kind.Flag, Choice => Kind.Choice, int => Kind.Digit, _ => Kind.Letter };
}
