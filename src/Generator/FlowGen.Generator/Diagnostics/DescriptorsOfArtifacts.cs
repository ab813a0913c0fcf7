using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>FG05xx: types that cannot be artifacts. Each message begins with the artifact and, for a part of it, the path to that part.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor AbstractArtifact = Error("FG0501", "An artifact is of an interface or abstract class",
        "{0} is '{1}', {2}, so its content is not known; {3}");

    public static readonly DiagnosticDescriptor UntypedArtifact = Error("FG0502", "An artifact has no type that says what it holds",
        "{0} is '{1}', which can hold anything, so it cannot be stored and read again; use a class or record of your own");

    public static readonly DiagnosticDescriptor LazyArtifact = Error("FG0503", "An artifact is a lazy sequence",
        "{0} is '{1}', which is computed while it is read and not data; {2}");

    public static readonly DiagnosticDescriptor LiveArtifact = Error("FG0504", "An artifact is alive in one process only",
        "{0} is '{1}', {2} and not data; {3}");

    public static readonly DiagnosticDescriptor MemoryReferenceArtifact = Error("FG0505", "An artifact points into memory",
        "{0} is '{1}', which points into the memory of one process; use an array");

    public static readonly DiagnosticDescriptor InputFileArtifact = Error("FG0506", "An artifact is an input file",
        "{0} is 'InputFile', which only parameters can be; take the parameter as input wherever the file is needed");

    public static readonly DiagnosticDescriptor UncoveredField = Error("FG0507", "A field of an artifact would be lost",
        "{0} is '{1}', whose {2} would be lost: no constructor parameter and no settable property covers it; {3}");

    public static readonly DiagnosticDescriptor ForeignType = Error("FG0508", "An artifact is of a type of another assembly whose fields are unknown",
        "{0} is '{1}' of assembly '{2}', whose private fields the compiler cannot see; {3}");

    public static readonly DiagnosticDescriptor NoUsableConstructor = Error("FG0509", "An artifact cannot be constructed from its members",
        "{0} is '{1}', which cannot be made again from its members: {2}; {3}");

    public static readonly DiagnosticDescriptor UnreachableType = Error("FG0510", "An artifact is of a type that generated code cannot name",
        "{0} is '{1}', which is {2}, so the flow cannot name it; {3}");

    public static readonly DiagnosticDescriptor EndlessType = Error("FG0511", "An artifact contains itself without end",
        "{0} is '{1}', which always contains another one ({2}); make one of these members nullable");

    public static readonly DiagnosticDescriptor NullableKey = Error("FG0512", "A key of a dictionary may be null",
        "{0} is '{1}', whose keys may be null; use keys that are never null");

    public static readonly DiagnosticDescriptor BadMemberKey = Error("FG0513", "Two members of an artifact cannot be told apart",
        "{0} is '{1}', whose member '{2}' {3}; {4}");

    public static readonly DiagnosticDescriptor ShapeArtifact = Error("FG0530", "An artifact is of a type that only inputs can have",
        "{0} is '{1}', which says how an input is taken and is no data; use '{2}'");

    public static readonly DiagnosticDescriptor UnfitCodec = Error("FG0515", "A codec does not fit the type it is named for",
        "{0} is '{1}', whose codec '{2}' {3}; {4}");

    public static readonly DiagnosticDescriptor UnfitUnion = Error("FG0517", "A union lists what cannot be a member of it",
        "{0} is '{1}', whose union {2}; {3}");

    public static readonly DiagnosticDescriptor AmbiguousCodec = Error("FG0516", "Several codecs are named for one type",
        "{0} is '{1}', for which several codecs are named: {2}; choose one with [assembly: ArtifactCodec(typeof({3}), typeof(...))] in this project");

    public static readonly DiagnosticDescriptor SecretArtifact = Error("FG0520", "An artifact contains a secret",
        "{0} is '{1}', which is never stored; take the parameter as input wherever the secret is needed");

    public static readonly DiagnosticDescriptor BlobParameter = Error("FG0531", "A parameter holds a blob",
        "{0} is '{1}'{2}, and only steps make blobs; take the file that holds the content as an 'InputFile'");
}
