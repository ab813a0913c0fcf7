using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Types that the rules speak about, looked up once for each parse.</summary>
internal sealed class KnownTypes(Compilation compilation)
{
    public INamedTypeSymbol? Flow { get; } = compilation.GetTypeByMetadataName("FlowGen.FlowAttribute");
    public INamedTypeSymbol? Step { get; } = compilation.GetTypeByMetadataName("FlowGen.StepAttribute");
    public INamedTypeSymbol? SubFlow { get; } = compilation.GetTypeByMetadataName("FlowGen.SubFlowAttribute");
    public INamedTypeSymbol? Output { get; } = compilation.GetTypeByMetadataName("FlowGen.OutputAttribute");
    public INamedTypeSymbol? FlowOutput { get; } = compilation.GetTypeByMetadataName("FlowGen.CompilerServices.FlowOutputAttribute");
    public INamedTypeSymbol? Parameter { get; } = compilation.GetTypeByMetadataName("FlowGen.ParameterAttribute");
    public INamedTypeSymbol? From { get; } = compilation.GetTypeByMetadataName("FlowGen.FromAttribute");
    public INamedTypeSymbol? ForEach { get; } = compilation.GetTypeByMetadataName("FlowGen.ForEachAttribute");
    public INamedTypeSymbol? Gather { get; } = compilation.GetTypeByMetadataName("FlowGen.GatherAttribute");
    public INamedTypeSymbol? After { get; } = compilation.GetTypeByMetadataName("FlowGen.AfterAttribute");
    public INamedTypeSymbol? When { get; } = compilation.GetTypeByMetadataName("FlowGen.WhenAttribute");
    public INamedTypeSymbol? Otherwise { get; } = compilation.GetTypeByMetadataName("FlowGen.OtherwiseAttribute");
    public INamedTypeSymbol? Loop { get; } = compilation.GetTypeByMetadataName("FlowGen.LoopAttribute");
    public INamedTypeSymbol? OneOf { get; } = compilation.GetTypeByMetadataName("FlowGen.OneOfAttribute");
    public INamedTypeSymbol? Carry { get; } = compilation.GetTypeByMetadataName("FlowGen.CarryAttribute");
    public INamedTypeSymbol? Service { get; } = compilation.GetTypeByMetadataName("FlowGen.ServiceAttribute");
    public INamedTypeSymbol? FromRun { get; } = compilation.GetTypeByMetadataName("FlowGen.FromRunAttribute");
    public INamedTypeSymbol? FromSchedule { get; } = compilation.GetTypeByMetadataName("FlowGen.FromScheduleAttribute");
    public INamedTypeSymbol? PerWorker { get; } = compilation.GetTypeByMetadataName("FlowGen.PerWorkerAttribute");
    public INamedTypeSymbol? Retry { get; } = compilation.GetTypeByMetadataName("FlowGen.RetryAttribute");
    public INamedTypeSymbol? Timeout { get; } = compilation.GetTypeByMetadataName("FlowGen.TimeoutAttribute");
    public INamedTypeSymbol? Resources { get; } = compilation.GetTypeByMetadataName("FlowGen.ResourcesAttribute");
    public INamedTypeSymbol? Environment { get; } = compilation.GetTypeByMetadataName("FlowGen.EnvironmentAttribute");
    public INamedTypeSymbol? Isolated { get; } = compilation.GetTypeByMetadataName("FlowGen.IsolatedAttribute");
    public INamedTypeSymbol? RateLimit { get; } = compilation.GetTypeByMetadataName("FlowGen.RateLimitAttribute");
    public INamedTypeSymbol? Cache { get; } = compilation.GetTypeByMetadataName("FlowGen.CacheAttribute");
    public INamedTypeSymbol? Inline { get; } = compilation.GetTypeByMetadataName("FlowGen.InlineAttribute");
    public INamedTypeSymbol? Gang { get; } = compilation.GetTypeByMetadataName("FlowGen.GangAttribute");
    public INamedTypeSymbol? Schedule { get; } = compilation.GetTypeByMetadataName("FlowGen.ScheduleAttribute");
    public INamedTypeSymbol? Trigger { get; } = compilation.GetTypeByMetadataName("FlowGen.TriggerAttribute");
    public INamedTypeSymbol? TriggerOnFinish { get; } = compilation.GetTypeByMetadataName("FlowGen.TriggerOnFinishAttribute");
    public INamedTypeSymbol? Project { get; } = compilation.GetTypeByMetadataName("FlowGen.ProjectAttribute");
    public INamedTypeSymbol? Finally { get; } = compilation.GetTypeByMetadataName("FlowGen.FinallyAttribute");
    public INamedTypeSymbol? RunOutcome { get; } = compilation.GetTypeByMetadataName("FlowGen.RunOutcome");
    public INamedTypeSymbol? Exception { get; } = compilation.GetTypeByMetadataName("System.Exception");
    public INamedTypeSymbol? InputFile { get; } = compilation.GetTypeByMetadataName("FlowGen.InputFile");
    public INamedTypeSymbol? Secret { get; } = compilation.GetTypeByMetadataName("FlowGen.Secret`1");
    public INamedTypeSymbol? Context { get; } = compilation.GetTypeByMetadataName("FlowGen.StepContext");
    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    public INamedTypeSymbol? Logger { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.ILogger");
    public INamedTypeSymbol? ReadOnlyList { get; } = compilation.GetTypeByMetadataName("System.Collections.Generic.IReadOnlyList`1");
    public INamedTypeSymbol? List { get; } = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1");
    public INamedTypeSymbol? ImmutableArray { get; } = compilation.GetTypeByMetadataName("System.Collections.Immutable.ImmutableArray`1");
    public INamedTypeSymbol? AsyncEnumerable { get; } = compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1");
    public INamedTypeSymbol? Artifact { get; } = compilation.GetTypeByMetadataName("FlowGen.Artifact`1");
    public INamedTypeSymbol? Optional { get; } = compilation.GetTypeByMetadataName("FlowGen.Optional`1");
    public INamedTypeSymbol? Outcome { get; } = compilation.GetTypeByMetadataName("FlowGen.Outcome`1");
    public INamedTypeSymbol? Item { get; } = compilation.GetTypeByMetadataName("FlowGen.Item`1");
    public INamedTypeSymbol? Validation { get; } = compilation.GetTypeByMetadataName("System.ComponentModel.DataAnnotations.ValidationAttribute");

    private readonly INamedTypeSymbol?[] _tasks =
    [
        compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"), compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1"),
        compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask"), compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1"),
    ];

    /// <summary>Attributes that say something of a step.</summary>
    public IEnumerable<INamedTypeSymbol?> OfSteps => [Retry, Timeout, Resources, Environment, Isolated, RateLimit, Cache, Inline, Gang, After, When, Otherwise, Loop, Output];

    /// <summary>Policies, which are for the steps inside of a sub-flow and not for it itself.</summary>
    public IEnumerable<INamedTypeSymbol?> OfAttempts => [Retry, Timeout, Resources, Environment, Isolated, RateLimit, Cache, Inline, Gang];

    /// <summary>The attribute that makes a method a step, if it has one.</summary>
    public AttributeData? StepOf(ISymbol method) => method.Attribute(Step) ?? method.Attribute(SubFlow);

    /// <summary>Attributes that bind an input.</summary>
    public IEnumerable<INamedTypeSymbol?> OfInputs => [From, ForEach, Gather, OneOf, Carry, Service];

    /// <summary>Attributes that say something of a flow.</summary>
    public IEnumerable<INamedTypeSymbol?> OfFlows => [Schedule, Trigger, TriggerOnFinish, Project];

    public bool IsTask(ITypeSymbol type) => _tasks.Any(task => type.OriginalDefinition.Is(task));
}

/// <summary>Short questions about symbols.</summary>
internal static class SymbolExtensions
{
    public static bool Is(this ISymbol? symbol, ISymbol? other) => symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, other);

    public static AttributeData? Attribute(this ISymbol symbol, INamedTypeSymbol? attribute) =>
        attribute is null ? null : symbol.GetAttributes().FirstOrDefault(data => data.AttributeClass.Is(attribute));

    /// <summary>All of them, of an attribute that may be written several times.</summary>
    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, INamedTypeSymbol? attribute) =>
        symbol.GetAttributes().Where(data => data.AttributeClass.Is(attribute));

    public static bool DerivesFrom(this ITypeSymbol? type, INamedTypeSymbol? ancestor)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Is(ancestor)) return true;
        return false;
    }

    public static bool IsNullableValue(this ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>Whether <c>null</c> is a value of the type, as far as annotations say.</summary>
    public static bool MayBeNull(this ITypeSymbol type) => type.NullableAnnotation == NullableAnnotation.Annotated || type.IsNullableValue();

    /// <summary>The type of values that are not null.</summary>
    public static ITypeSymbol WithoutNull(this ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] }
        ? value
        : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    /// <summary>The type, its base classes and, of an interface, what it extends.</summary>
    public static IEnumerable<ITypeSymbol> WithBases(this ITypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType) yield return level;
        if (type.TypeKind == TypeKind.Interface)
            foreach (var extended in type.AllInterfaces) yield return extended;
    }

    /// <summary>The type and its containing types, outermost first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> WithContainers(this INamedTypeSymbol type)
    {
        var chain = new List<INamedTypeSymbol>();
        for (var current = type; current is not null; current = current.ContainingType) chain.Insert(0, current);
        return chain;
    }

    /// <summary>Namespace and nested name as reflection writes them.</summary>
    public static string MetadataFullName(this INamedTypeSymbol type)
    {
        var name = string.Join("+", type.WithContainers().Select(t => t.MetadataName));
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace) name = space.MetadataName + "." + name;
        return name;
    }
}
