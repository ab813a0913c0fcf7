using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>
/// Every rule of the compiler part, in one table. A message reads <c>kind 'name' what was found and what was expected; the edit to make</c>.
/// Errors cannot be configured: a silenced one would leave a stub that builds. Artifact types (FG05xx) and policies (FG06xx) have tables of their own.
/// </summary>
internal static partial class Descriptors
{
    // FG00xx: infrastructure
    public static readonly DiagnosticDescriptor InternalError = Error("FG0001", "The flow could not be processed",
        "flow '{0}' could not be processed because of a mistake in FlowGen ({1}); please report it with the flow's source");

    // FG01xx: declarations
    public static readonly DiagnosticDescriptor MissingPartial = Error("FG0101", "A flow is not partial",
        "flow '{0}' is not partial, so its graph cannot be added to it; add 'partial' before 'class'");

    public static readonly DiagnosticDescriptor UnsupportedFlowKind = Error("FG0102", "A flow is not an ordinary class",
        "flow '{0}' is {1} and cannot be run; {2}");

    public static readonly DiagnosticDescriptor NestedInClosedType = Error("FG0103", "A flow is nested in a type that is generic or not partial",
        "flow '{0}' is nested in '{1}', which is {2}; {3}");

    public static readonly DiagnosticDescriptor NullableDisabled = Error("FG0104", "A flow is written without nullable annotations",
        "flow '{0}' is written without nullable annotations, which say whether an artifact may be null; add '#nullable enable' or <Nullable>enable</Nullable> to the project");

    public static readonly DiagnosticDescriptor NoSteps = Error("FG0105", "A flow has no steps",
        "flow '{0}' has no steps; mark a method with [Step]");

    public static readonly DiagnosticDescriptor BadFlowName = Error("FG0106", "A flow has a name that the command line cannot use",
        "flow '{0}' has the name '{1}', expected lower-case letters, digits and single hyphens, at most 60 characters, starting with a letter; write {2}");

    public static readonly DiagnosticDescriptor DuplicateFlowName = Error("FG0107", "Two flows have the same name",
        "flow '{0}' has the name '{1}', which flow '{2}' has too; give one of them another with [Flow(\"...\")]");

    public static readonly DiagnosticDescriptor MissingConstructor = Error("FG0108", "A flow has no parameterless constructor",
        "flow '{0}' has no parameterless constructor, but one object is made for every task; {1}");

    public static readonly DiagnosticDescriptor RequiredMember = Error("FG0109", "A required member of a flow is not a parameter",
        "member '{0}' of flow '{1}' is required, but nothing sets it; mark it with [Parameter] or remove 'required'");

    public static readonly DiagnosticDescriptor DerivedFlow = Error("FG0110", "A flow derives from another flow",
        "flow '{0}' derives from flow '{1}'; move what they share into an abstract class without [Flow]");

    public static readonly DiagnosticDescriptor OverloadedStep = Error("FG0111", "A step is overloaded",
        "step '{0}' is declared {1} times, as overloads of '{2}'; give each its own name");

    public static readonly DiagnosticDescriptor UnsupportedStepSignature = Error("FG0112", "A step has a signature that cannot be called",
        "step '{0}' {1}; {2}");

    public static readonly DiagnosticDescriptor AsyncVoidStep = Error("FG0113", "A step is async void",
        "step '{0}' is async void, so nobody can tell when it ends or fails; return Task");

    public static readonly DiagnosticDescriptor UnreachableBaseStep = Error("FG0114", "An inherited step cannot be called",
        "step '{0}' of base class '{1}' {2}; {3}");

    public static readonly DiagnosticDescriptor PartlyNamedTuple = Error("FG0115", "A tuple names only some of its elements",
        "step '{0}' returns {1}, which names only some of its elements; name all of them to make several artifacts, or none to make one");

    public static readonly DiagnosticDescriptor NameCollision = Error("FG0116", "Two things of a flow have the same name",
        "{0} has the name of {1}; {2}");

    public static readonly DiagnosticDescriptor ReservedName = Error("FG0117", "A name is reserved",
        "{0} has a name that the generated class Run needs itself; {1}");

    public static readonly DiagnosticDescriptor BadMakes = Error("FG0118", "Makes does not name an artifact",
        "step '{0}' has Makes = \"{1}\", {2}; {3}");

    public static readonly DiagnosticDescriptor ReservedMember = Error("FG0119", "A flow declares a member that is generated",
        "{0} has the name of a generated member; {1}");

    public static readonly DiagnosticDescriptor MisplacedAttribute = Error("FG0120", "An attribute stands where it has no effect",
        "[{0}] on '{1}' has no effect because {2}; {3}");

    public static readonly DiagnosticDescriptor SubFlowWithoutFlow = Error("FG0121", "A sub-flow returns no flow",
        "step '{0}' is a [SubFlow] but returns {1}; {2}");

    public static readonly DiagnosticDescriptor SubFlowWithoutOutputs = Error("FG0122", "A result is taken of a flow without outputs",
        "input '{0}' of step '{1}' takes the result of sub-flow '{2}', but flow '{3}' marks none; add [Output] to the step of '{3}' that makes it");

    public static readonly DiagnosticDescriptor FlowInsideItself = Error("FG0123", "A flow contains itself",
        "flow '{0}' contains itself ({1}) and would never end; remove step '{2}', or another on the way");

    public static readonly DiagnosticDescriptor SubFlowPolicy = Error("FG0124", "A sub-flow has a policy",
        "step '{0}' is a sub-flow, which has no attempts of its own, so [{2}] has no effect; put it on the steps of '{1}' that need it");

    public static readonly DiagnosticDescriptor OutputWithoutArtifacts = Error("FG0125", "An output makes nothing",
        "step '{0}' is an [Output] but makes no artifact; return the result, or remove [Output]");

    public static readonly DiagnosticDescriptor StepAndSubFlow = Error("FG0126", "A method is a step and a sub-flow",
        "step '{0}' is marked with [Step] and [SubFlow]; remove [Step], which [SubFlow] includes");

    // FG02xx: binding
    public static readonly DiagnosticDescriptor UnknownInput = Error("FG0201", "Nothing provides an input",
        "input '{0}' of step '{1}' has no source, no artifact or parameter has this name; {2}");

    public static readonly DiagnosticDescriptor UnknownSource = Error("FG0202", "A named source does not exist",
        "input '{0}' of step '{1}' names '{2}', which is no artifact, step or parameter; {3}");

    public static readonly DiagnosticDescriptor SourceWithoutSingleArtifact = Error("FG0203", "A named step does not make exactly one artifact",
        "input '{0}' of step '{1}' names step '{2}', which makes {3}; {4}");

    public static readonly DiagnosticDescriptor InputTypeMismatch = Error("FG0204", "An input has another type than its source",
        "input '{0}' of step '{1}' is '{2}', but {3} is '{4}'; {5}");

    public static readonly DiagnosticDescriptor NullableMismatch = Error("FG0205", "A source may be null where its input may not",
        "input '{0}' of step '{1}' is '{2}', but {3} may be null ('{4}'); {5}");

    public static readonly DiagnosticDescriptor TupleNamesMismatch = Error("FG0206", "A source names its tuple elements differently",
        "input '{0}' of step '{1}' is '{2}', but {3} is '{4}'; use the same element names in the same order");

    public static readonly DiagnosticDescriptor OptionalInput = Error("FG0207", "An input has a default value",
        "input '{0}' of step '{1}' has a default value that would never be used; remove '{2}'");

    public static readonly DiagnosticDescriptor ConflictingBindings = Error("FG0208", "An input has several binding attributes",
        "input '{0}' of step '{1}' has {2}, expected one of them; {3}");

    public static readonly DiagnosticDescriptor BoundService = Error("FG0209", "A service has a binding attribute",
        "input '{0}' of step '{1}' is a {2}, which the runtime provides; remove [{3}]");

    public static readonly DiagnosticDescriptor UnknownPredecessor = Error("FG0210", "After names no step",
        "step '{0}' comes after '{1}', which is no step; {2}");

    public static readonly DiagnosticDescriptor Cycle = Error("FG0211", "Steps wait for each other",
        "step '{0}' waits for itself ({1}); remove one of these dependencies");

    public static readonly DiagnosticDescriptor UnreadArtifact = Warning("FG0212", "Nobody reads an artifact, but a neighbour of the same type is read",
        "artifact '{0}' of step '{1}' is read by no step, while {2} of the same type '{3}' is; check the names of the inputs, or suppress this if it is a result");

    public static readonly DiagnosticDescriptor MeaninglessShape = Error("FG0213", "An input has a shape that means nothing",
        "input '{0}' of step '{1}' takes '{2}', {3}; {4}");

    public static readonly DiagnosticDescriptor AmbiguousNull = Error("FG0214", "null may be a value, or say that there is none",
        "input '{0}' of step '{1}' takes '{2}', but {3} may be null itself, and {4}; write '{5}', which tells the two apart");

    public static readonly DiagnosticDescriptor UnfitService = Error("FG0215", "A service has a type that no service has",
        "input '{0}' of {1} is marked with [Service], but is '{2}', {3}; {4}");

    public static readonly DiagnosticDescriptor ServiceLikeSource = Error("FG0216", "A service has the name and the type of a source",
        "input '{0}' of {1} is marked with [Service], but {2} has its name and its type; remove [Service] to take that, or rename the input");

    // FG03xx: foreach and gather
    public static readonly DiagnosticDescriptor NotIterable = Error("FG0301", "ForEach over something that is not a list",
        "input '{0}' of step '{1}' iterates {2}, which is '{3}', expected an array, List, IReadOnlyList or ImmutableArray; {4}");

    public static readonly DiagnosticDescriptor ItemTypeMismatch = Error("FG0302", "An item has another type than its input",
        "input '{0}' of step '{1}' is '{2}', but the items of {3} are '{4}'; {5}");

    public static readonly DiagnosticDescriptor NothingToGather = Error("FG0303", "Gather over something that exists once",
        "input '{0}' of step '{1}' gathers {2}, {3}; {4}");

    public static readonly DiagnosticDescriptor UnsupportedGatherType = Error("FG0304", "Gather into something that is not a list",
        "input '{0}' of step '{1}' gathers {2} into '{3}', expected '{4}'; {5}");

    public static readonly DiagnosticDescriptor SilentMultiplication = Error("FG0305", "A step would run for all pairs of two collections",
        "input '{0}' of step '{1}' {2}, but {3}; {4}, or {5}");

    public static readonly DiagnosticDescriptor RepeatedForEach = Error("FG0308", "A step iterates one collection twice",
        "input '{0}' of step '{1}' iterates '{2}', which input '{3}' iterates already; return the pairs from a step and iterate that");

    public static readonly DiagnosticDescriptor BadMaxParallel = Error("FG0309", "MaxParallel is negative",
        "input '{0}' of step '{1}' has MaxParallel = {2}, expected 0 (no limit) or more; write the number of tasks that may run at the same time");

    public static readonly DiagnosticDescriptor AmbiguousGather = Error("FG0310", "A gather over collections inside one another does not say over which",
        "input '{0}' of step '{1}' gathers {2} over {3}, which are inside one another; write {4}");

    public static readonly DiagnosticDescriptor ForeignOver = Error("FG0311", "Over names no dimension of what is gathered",
        "input '{0}' of step '{1}' gathers over '{2}', but {3} exists for each item of {4}; {5}");

    public static readonly DiagnosticDescriptor DimensionOrder = Error("FG0312", "Two steps iterate the same collections in another order",
        "step '{0}' runs for each item of '{1}' and then of '{2}', but step '{3}' has them the other way round; swap the parameters: '{4}' before '{5}'");

    public static readonly DiagnosticDescriptor BadMinSuccess = Error("FG0313", "MinSuccess is no share, or has no effect",
        "input '{0}' of step '{1}' has MinSuccess = {2}, {3}; {4}");

    public static readonly DiagnosticDescriptor BadLabel = Error("FG0314", "Label names nothing that people can read",
        "input '{0}' of step '{1}' has Label = \"{2}\", {3}; {4}");

    public static readonly DiagnosticDescriptor ConflictingLabels = Error("FG0315", "The items of one collection have two labels",
        "input '{0}' of step '{1}' labels the items of '{3}' by '{2}', but step '{4}' labels them by '{5}'; give them one label");

    public static readonly DiagnosticDescriptor UnequalGathers = Error("FG0316", "Two lists are gathered over the same items, but one leaves some out",
        "input '{0}' of step '{1}' leaves out items that {2}, and input '{3}' does not, so their positions do not match; gather both into IReadOnlyList<Item<T>>, which has the index, or into IReadOnlyList<T?>");

    // FG07xx: parameters
    public static readonly DiagnosticDescriptor UnsupportedParameterType = Error("FG0701", "A parameter has a type that text cannot be turned into",
        "parameter '{0}' is '{1}', expected text, a number, bool, an enum, DateOnly, DateTimeOffset, TimeSpan, Uri, Guid, InputFile, an array of these, Secret<T> of a simple type, or a record or collection for JSON; {2}");

    public static readonly DiagnosticDescriptor ParameterNotSettable = Error("FG0702", "A parameter cannot be set",
        "parameter '{0}' {1}; {2}");

    public static readonly DiagnosticDescriptor ReservedOptionName = Error("FG0703", "A parameter has the name of an option of the command line",
        "parameter '{0}' would be --{1}, which is an option of every flow program; rename it");

    public static readonly DiagnosticDescriptor DuplicateOptionName = Error("FG0704", "Two parameters have the same option",
        "parameter '{0}' would be --{1}, which is {2}; rename one of them");

    public static readonly DiagnosticDescriptor RequiredWithDefault = Error("FG0705", "A required parameter has a default",
        "parameter '{0}' is required and has a default that would never be used; remove 'required' or '= {1}'");

    public static readonly DiagnosticDescriptor BadValidation = Error("FG0706", "A validation attribute does not fit its parameter",
        "parameter '{0}' has [{1}], but {2}; {3}");

    public static readonly DiagnosticDescriptor UnsupportedValidation = Error("FG0707", "A validation attribute is not supported",
        "parameter '{0}' has [{1}], which would not be enforced; use [Range], [AllowedValues], [RegularExpression] or [StringLength], or check it in a step{2}");

    public static readonly DiagnosticDescriptor SecretWithDefault = Error("FG0708", "A secret has a default",
        "parameter '{0}' is a secret with a default, which everybody sees who sees the source; remove '= {1}' and mark it 'required' or nullable");

    public static readonly DiagnosticDescriptor BadDefault = Error("FG0709", "A default is not valid",
        "parameter '{0}' has the default {1}, which {2}; change it, or [{3}]");

    public static readonly DiagnosticDescriptor BadFromRun = Error("FG0710", "A parameter names no result of another run",
        "parameter '{0}' {1}; {2}");

    public static readonly DiagnosticDescriptor BadFromSchedule = Error("FG0711", "A parameter cannot be the time of a schedule",
        "parameter '{0}' has [FromSchedule], {1}; {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "FlowGen", severity, isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/flowgen/flowgen/blob/main/docs/rules/{id}.md", customTags: tags);
}
