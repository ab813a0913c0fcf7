using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Fingerprints;

/// <summary>
/// Reads the source of one <see cref="CodeUnit"/>: hashes its tokens with what they bind to, and finds what else it uses, with or without a name (operators, conversions, patterns of
/// <c>await</c>, <c>foreach</c>, initializers and queries). Syntax that it does not know is entered like any other. What does not bind makes the unit unresolved.
/// </summary>
/// <param name="index">All units.</param>
/// <param name="unit">The one to fill.</param>
/// <param name="owner">The flow class that it is a member of, if any.</param>
internal sealed class CodeWalk(CodeIndex index, CodeUnit unit, INamedTypeSymbol? owner)
{
    private readonly TokenHash _hash = new();
    private readonly Stack<SyntaxNodeOrToken> _open = new();
    private SemanticModel _model = null!;

    /// <summary>Reads one part of the unit and returns its hash.</summary>
    /// <param name="root">A declaration.</param>
    /// <param name="isSkipped">Nodes that do not count.</param>
    public string Read(SyntaxNode root, Func<SyntaxNode, bool>? isSkipped = null)
    {
        _model = index.ModelOf(root.SyntaxTree);
        _open.Push(root);
        while (_open.Count > 0)
        {
            var next = _open.Pop();
            if (next.AsNode() is not { } node)
            {
                _hash.Add(next.AsToken());
                continue;
            }

            if (isSkipped?.Invoke(node) == true) continue;
            if (owner is not null && node is AttributeListSyntax attributes) AddOwnAttributes(attributes);
            else if (IsNameOf(node)) _hash.AddTokens(node);
            else
            {
                Bind(node);
                foreach (var child in node.ChildNodesAndTokens().Reverse()) _open.Push(child);
            }
        }

        return _hash.Take();
    }

    /// <summary>FlowGen's attributes on members of a flow say how a step is bound and run, which shows in its inputs, or does not touch its result.</summary>
    private void AddOwnAttributes(AttributeListSyntax list)
    {
        var others = list.Attributes.Where(attribute => !CodeIndex.IsOfFlowGen(_model.GetTypeInfo(attribute).Type)).ToList();
        others.Reverse();
        foreach (var attribute in others) _open.Push(attribute);
    }

    /// <summary>The name is text; what it names does not run.</summary>
    private static bool IsNameOf(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" }, ArgumentList.Arguments.Count: 1 };

    private void Bind(SyntaxNode node)
    {
        switch (node)
        {
            case SimpleNameSyntax name:
                BindName(name);
                break;
            case ThisExpressionSyntax or BaseExpressionSyntax:
                if (owner is not null && !IsFollowed(node)) unit.HandedAway.Add(owner);
                break;
            case ExpressionSyntax expression and not (LiteralExpressionSyntax or ParenthesizedExpressionSyntax or TypeSyntax):
                BindExpression(expression);
                break;
            case CommonForEachStatementSyntax loop:
                var each = _model.GetForEachStatementInfo(loop);
                Add(each.GetEnumeratorMethod, each.MoveNextMethod, each.CurrentProperty, each.DisposeMethod, each.ElementConversion.MethodSymbol, each.CurrentConversion.MethodSymbol);
                AddType(each.ElementType);
                if (loop is ForEachVariableStatementSyntax parts) Add(_model.GetDeconstructionInfo(parts));
                break;
            case QueryClauseSyntax clause:
                var query = _model.GetQueryClauseInfo(clause);
                Add(query.OperationInfo.Symbol, query.CastInfo.Symbol);
                break;
            case ConstructorInitializerSyntax or AttributeSyntax or PrimaryConstructorBaseTypeSyntax or SelectOrGroupClauseSyntax or OrderingSyntax:
                Add(_model.GetSymbolInfo(node).Symbol);
                break;
        }
    }

    private void BindName(SimpleNameSyntax name)
    {
        if (_model.GetSymbolInfo(name).Symbol is not { } symbol)
        {
            if (!IsUnbound(name)) unit.IsUnresolved = true;
            return;
        }

        if (symbol is IAliasSymbol alias) symbol = alias.Target;
        if (symbol is ITypeSymbol type)
        {
            AddId(type);
            if (type is INamedTypeSymbol named && index.IsFlow(named))
            {
                if (!IsQualifier(name)) unit.HandedAway.Add(named.OriginalDefinition);
            }
            else AddType(type);
            return;
        }

        Add(symbol);
        // A member of a base class of another assembly gets this object too.
        if (owner is not null && symbol is { IsStatic: false, ContainingType: { SpecialType: not SpecialType.System_Object } outer } && !index.IsOwn(symbol) && owner.DerivesFromOther(outer) && !IsMember(name))
            unit.HandedAway.Add(owner);
        if (name.Parent is not ExpressionSyntax) return;
        BindTypes(name);
    }

    private void BindExpression(ExpressionSyntax expression)
    {
        var bound = _model.GetSymbolInfo(expression);
        if (bound.CandidateReason == CandidateReason.LateBound) unit.IsUnresolved = true;
        Add(bound.Symbol);
        BindTypes(expression);
        switch (expression)
        {
            case AwaitExpressionSyntax wait:
                var info = _model.GetAwaitExpressionInfo(wait);
                Add(info.GetAwaiterMethod, info.GetResultMethod, info.IsCompletedProperty);
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment:
                Add(_model.GetDeconstructionInfo(assignment));
                break;
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } items:
                foreach (var item in items.Expressions) Add(_model.GetCollectionInitializerSymbolInfo(item).Symbol);
                break;
        }
    }

    private void BindTypes(ExpressionSyntax expression)
    {
        var types = _model.GetTypeInfo(expression);
        AddType(types.Type);
        if (SymbolEqualityComparer.Default.Equals(types.Type, types.ConvertedType)) return;
        AddType(types.ConvertedType);
        var conversion = _model.GetConversion(expression);
        if (conversion.IsUserDefined) Add(conversion.MethodSymbol);
    }

    private void Add(DeconstructionInfo deconstruction)
    {
        Add(deconstruction.Method, deconstruction.Conversion?.MethodSymbol);
        foreach (var nested in deconstruction.Nested) Add(nested);
    }

    private void Add(params ISymbol?[] symbols)
    {
        foreach (var symbol in symbols) Add(symbol);
    }

    private void Add(ISymbol? symbol)
    {
        if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or IDiscardSymbol or ITypeParameterSymbol) return;
        if (symbol is ITypeSymbol type)
        {
            AddType(type);
            return;
        }

        AddId(symbol);
        if (symbol is IMethodSymbol method)
        {
            foreach (var argument in method.TypeArguments) AddType(argument);
            if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.BuiltinOperator or MethodKind.DelegateInvoke) return;
        }

        if (symbol.ContainingType is { } container && !index.IsFlow(container)) AddType(container);
        if (index.UnitOf(symbol) is { } other) unit.References.Add(other);
        else if (!index.IsOwn(symbol) && CodeIndex.IsReflection(symbol)) unit.IsUnresolved = true;
    }

    private void AddId(ISymbol symbol)
    {
        if (index.IdOf(symbol) is { } id) _hash.Add(id);
    }

    private void AddType(ITypeSymbol? type)
    {
        switch (type)
        {
            case null or ITypeParameterSymbol:
                break;
            case IArrayTypeSymbol array:
                AddType(array.ElementType);
                break;
            case IPointerTypeSymbol pointer:
                AddType(pointer.PointedAtType);
                break;
            case IErrorTypeSymbol or IDynamicTypeSymbol:
                unit.IsUnresolved = true;
                break;
            case INamedTypeSymbol named when index.IsFlow(named):
                break;
            case INamedTypeSymbol named:
                for (var level = named; level is not null; level = level.ContainingType)
                    foreach (var argument in level.TypeArguments) AddType(argument);
                if (index.UnitOf(named) is { } other) unit.References.Add(other);
                else if (named.ContainingAssembly is { } assembly && !index.IsOwn(named))
                {
                    unit.Assemblies.Add(assembly.Name);
                    foreach (var own in index.OwnImplementersOf(named)) unit.References.Add(own);
                }
                break;
        }
    }

    /// <summary>Whether the object goes no further than a member of the project's, whose code is read too.</summary>
    private bool IsFollowed(SyntaxNode self) =>
        self.Parent is MemberAccessExpressionSyntax access && access.Expression == self
        && _model.GetSymbolInfo(access).Symbol is { } member && index.IsOwn(member) && member is not IMethodSymbol { ReducedFrom: not null };

    private static bool IsQualifier(SimpleNameSyntax name) =>
        name.Parent is TypeArgumentListSyntax
        || (name.Parent is MemberAccessExpressionSyntax access && access.Expression == name)
        || (name.Parent is QualifiedNameSyntax qualified && qualified.Left == name)
        || (name.Parent is MemberAccessExpressionSyntax { Parent: MemberAccessExpressionSyntax outer } inner && inner.Name == name && outer.Expression == inner);

    /// <summary>Whether it is the member of something else than this object.</summary>
    private static bool IsMember(SimpleNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name) || name.Parent is MemberBindingExpressionSyntax or NameEqualsSyntax or NameColonSyntax or QualifiedNameSyntax
        || (name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name);

    /// <summary>Names that stand for nothing: words of the language that look like names, and names of elements.</summary>
    private static bool IsUnbound(SimpleNameSyntax name) =>
        name.Identifier.Text is "_" or "var" or "notnull" or "unmanaged" or "global" or "field" or "value"
        || name.Parent is NameColonSyntax or NameEqualsSyntax or TypeParameterConstraintClauseSyntax;
}
