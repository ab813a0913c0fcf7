using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>One mistake, as it will be reported. Lives only as long as one parse: a location holds a syntax tree, so none may enter the model.</summary>
/// <param name="Descriptor">An entry of <see cref="Descriptors"/>.</param>
/// <param name="Arguments">What the message's placeholders stand for.</param>
/// <param name="Location">The smallest token to edit.</param>
/// <param name="Additional">The other participants.</param>
/// <param name="Repairs">What code fixes may write, see <see cref="Repair"/>.</param>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor, EquatableArray<string> Arguments, Location Location, EquatableArray<Location> Additional = default,
    ImmutableDictionary<string, string?>? Repairs = null)
{
    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location, Additional, Repairs, messageArgs: [.. Arguments]);
}
