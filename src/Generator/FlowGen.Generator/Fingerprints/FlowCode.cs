using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Fingerprints;

/// <summary>Finds all code that the steps of one flow may reach. Where that cannot be told it takes more, never less.</summary>
internal sealed class FlowCode
{
    private readonly CodeIndex _index;
    private readonly Dependencies _dependencies;
    private readonly FlowModel _flow;
    private readonly List<INamedTypeSymbol> _chain;
    private readonly List<ISymbol> _members;
    private readonly Dictionary<string, string> _parameters;

    public FlowCode(CodeIndex index, Dependencies dependencies, FlowModel flow, INamedTypeSymbol type)
    {
        (_index, _dependencies, _flow) = (index, dependencies, flow);
        _chain = [.. index.ChainOf(type)];
        _members = [.. _chain.SelectMany(Members)];
        _parameters = flow.Parameters.ToDictionary(parameter => parameter.Property, parameter => parameter.Name, StringComparer.Ordinal);
    }

    public IEnumerable<StepCode> Steps() => _flow.Steps.Select(Trace);

    private StepCode Trace(StepModel step)
    {
        var reach = new Reach(this);
        reach.Add(_index.Settings);
        foreach (var type in _index.Everywhere) reach.Add(type);
        if (Find(step.Method) is { } method)
        {
            reach.Enter(method);
            if (!method.IsStatic)
                foreach (var member in _members.Where(RunsWithEveryObject)) reach.Add(member);
        }
        else reach.AddAll();
        if (step.Arguments.Any(argument => argument.Kind == ArgumentKind.PerWorker))
            foreach (var resource in _flow.PerWorker) Open(resource, reach);
        foreach (var initializer in _members.Where(static member => member is IMethodSymbol { MethodKind: MethodKind.StaticConstructor })) reach.Add(initializer);
        if (step.Loop is { } loop) reach.Enter(Find(loop.Call.Substring(loop.Call.LastIndexOf('.') + 1).TrimStart('@')));
        return reach.Close(step.Name);
    }

    /// <summary>What a step is given from a resource depends on how that is opened. Which one it is does not matter: a step that takes one takes the code of all.</summary>
    private void Open(PerWorkerModel resource, Reach reach)
    {
        reach.Enter(Find(resource.Method));
        foreach (var member in _members.Where(RunsWithEveryObject)) reach.Add(member);
        foreach (var argument in resource.Arguments.Where(argument => argument.Kind == ArgumentKind.Parameter)) reach.Read(_flow.Parameters[argument.Source.Index].Name);
    }

    /// <summary>The most derived method of that name, which is the one that is called.</summary>
    private IMethodSymbol? Find(string name) => _members.OfType<IMethodSymbol>().FirstOrDefault(method => method.MethodKind == MethodKind.Ordinary && method.Name == name);

    private IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        type.GetMembers().Select(_index.UnitOf).OfType<ISymbol>().Where(static member => member is not INamedTypeSymbol).Distinct(SymbolEqualityComparer.Default)!;

    /// <summary>Constructors, and setters of parameters that do more than keep a value.</summary>
    private bool RunsWithEveryObject(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } || (_index.IsParameter(member) && member.DeclaringSyntaxReferences
        .Any(static part => part.GetSyntax() is PropertyDeclarationSyntax { AccessorList: { } accessors } && accessors.Accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null)));

    /// <summary>The search for one step.</summary>
    private sealed class Reach(FlowCode flow)
    {
        private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
        private readonly Stack<ISymbol> _open = new();
        private readonly HashSet<CodePart> _parts = [];
        private readonly HashSet<string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _reads = new(StringComparer.Ordinal);
        private bool _isEverything, _isWholeFlow;

        public void Add(ISymbol symbol)
        {
            if (_seen.Add(symbol)) _open.Push(symbol);
        }

        public void Read(string parameter) => _reads.Add(parameter);

        /// <summary>Adds a method; one of a base class in another assembly may call anything of the flow.</summary>
        public void Enter(IMethodSymbol? method)
        {
            if (method is null || flow._index.UnitOf(method) is not { } unit) AddAll();
            else Add(unit);
        }

        public void AddAll()
        {
            if (_isWholeFlow) return;
            _isWholeFlow = true;
            foreach (var member in flow._members) Add(member);
            _reads.UnionWith(flow._parameters.Values);
            for (var type = flow._chain[flow._chain.Count - 1].BaseType; type is not null; type = type.BaseType) _assemblies.Add(type.ContainingAssembly.Name);
        }

        public void Add(CodeUnit unit)
        {
            if (!_parts.Add(unit.Part)) return;
            _assemblies.UnionWith(unit.Assemblies);
            foreach (var reference in unit.References) Add(reference);
            foreach (var type in unit.HandedAway)
            {
                if (flow._chain.Contains(type, SymbolEqualityComparer.Default)) AddAll();
                else
                    foreach (var member in flow._index.ChainOf(type).SelectMany(flow.Members)) Add(member);
            }
            if (!unit.IsUnresolved || _isEverything) return;
            _isEverything = true;
            _parts.Add(flow._index.Project.Part);
            _parts.UnionWith(flow._dependencies.All);
            AddAll();
        }

        public StepCode Close(string step)
        {
            while (_open.Count > 0) Follow(_open.Pop());
            _parts.UnionWith(flow._dependencies.Reach(_assemblies));
            return new StepCode(step,
                [.. _parts.OrderBy(part => part.Kind, StringComparer.Ordinal).ThenBy(part => part.Name, StringComparer.Ordinal).ThenBy(part => part.Value, StringComparer.Ordinal)],
                [.. _reads.OrderBy(name => name, StringComparer.Ordinal)]);
        }

        private void Follow(ISymbol symbol)
        {
            if (symbol is IPropertySymbol property && flow._parameters.TryGetValue(property.Name, out var parameter) && flow._chain.Contains(property.ContainingType, SymbolEqualityComparer.Default)) _reads.Add(parameter);
            Add(flow._index.Unit(symbol));
            if (symbol is INamedTypeSymbol type)
                foreach (var derived in flow._index.DerivedFrom(type)) Add(derived);
            else if (symbol.IsVirtual || symbol.IsAbstract || symbol.IsOverride)
                foreach (var member in flow._members)
                    if (member.IsOverride && member.Name == symbol.Name) Add(member);
        }
    }
}
