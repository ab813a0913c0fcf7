using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0804: a cached result stands for its inputs; what else it was made from is frozen without anybody's knowing.</summary>
internal static class UnrepeatableRead
{
    private const string Clock = "the clock", Chance = "random numbers", Surroundings = "the environment", Files = "files";

    public static void Check(Reached reached, StepUse step)
    {
        if (!step.IsCached || Read(reached.Operation) is not var (found, what)) return;
        step.Report(Descriptors.UnrepeatableRead, reached, reached.Operation.Syntax, found, what, what switch
        {
            Clock => "take the time as a parameter or from another step",
            Chance => "make the generator from a seed that is a parameter",
            Surroundings => "take the value as a parameter",
            _ => "take the file as an 'InputFile' parameter",
        });
    }

    private static (string Found, string What)? Read(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { } property } when OfProperty(property) is { } what => ($"{property.ContainingType.Name}.{property.Name}", what),
        IInvocationOperation { TargetMethod: { } method } when OfMethod(method) is { } what => ($"{method.ContainingType.Name}.{method.Name}", what),
        IObjectCreationOperation { Constructor: { } made } when OfConstructor(made) is { } what => ($"new {made.ContainingType.Name}", what),
        _ => null,
    };

    private static string? OfProperty(IPropertySymbol property) => (property.ContainingType.Name, property.Name) switch
    {
        ("DateTime", "Now" or "UtcNow" or "Today") or ("DateTimeOffset", "Now" or "UtcNow") or ("Environment", "TickCount" or "TickCount64") => In(property, "System", Clock),
        ("Random", "Shared") => In(property, "System", Chance),
        ("Environment", "MachineName" or "UserName" or "UserDomainName" or "CurrentDirectory" or "CommandLine" or "OSVersion") => In(property, "System", Surroundings),
        _ => null,
    };

    private static string? OfMethod(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("TimeProvider", "GetUtcNow" or "GetLocalNow") => In(method, "System", Clock),
        ("Guid", "NewGuid" or "CreateVersion7") => In(method, "System", Chance),
        ("RandomNumberGenerator", _) => In(method, "System.Security.Cryptography", Chance),
        ("Path", "GetRandomFileName") => In(method, "System.IO", Chance),
        ("Environment", "GetEnvironmentVariable" or "GetEnvironmentVariables" or "GetCommandLineArgs" or "ExpandEnvironmentVariables") => In(method, "System", Surroundings),
        ("File", var name) when Reads(name) => In(method, "System.IO", Files),
        ("Directory", var name) when Reads(name) || name.StartsWith("Enumerate", StringComparison.Ordinal) => In(method, "System.IO", Files),
        ("FileInfo", "OpenRead" or "OpenText" or "Open") => In(method, "System.IO", Files),
        _ => null,
    };

    private static string? OfConstructor(IMethodSymbol constructor) => constructor.ContainingType.Name switch
    {
        "Random" when constructor.Parameters.Length == 0 => In(constructor, "System", Chance),
        "StreamReader" or "FileStream" when constructor.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..] => In(constructor, "System.IO", Files),
        _ => null,
    };

    private static bool Reads(string method) =>
        method.StartsWith("Read", StringComparison.Ordinal) || method.StartsWith("Open", StringComparison.Ordinal) || method.StartsWith("Get", StringComparison.Ordinal);

    private static string? In(ISymbol member, string space, string what) => member.ContainingType.ContainingNamespace.ToDisplayString() == space ? what : null;
}
