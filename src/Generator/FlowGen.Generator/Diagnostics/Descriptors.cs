using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>
/// Every rule of the compiler part, in one table. A message reads <c>kind 'name' what was found and what was expected; the edit to make</c>.
/// Errors cannot be configured: a silenced one would leave a stub that builds. Artifact types have a table of their own (FG05xx).
/// </summary>
internal static partial class Descriptors
{
    // FG00xx: infrastructure
    public static readonly DiagnosticDescriptor InternalError = Error("FG0001", "The flow could not be processed",
        "flow '{0}' could not be processed because of a mistake in FlowGen ({1}); please report it with the flow's source");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "FlowGen", severity, isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/flowgen/flowgen/blob/main/docs/rules/{id}.md", customTags: tags);
}
