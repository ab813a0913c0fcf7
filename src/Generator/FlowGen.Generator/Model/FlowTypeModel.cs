namespace FlowGen.Generator.Model;

/// <summary>The class of a flow, as needed to write another part of it.</summary>
/// <param name="MetadataName">Identity in the compilation, such as <c>Shop.Churn+TrainFlow</c>.</param>
/// <param name="FullName">Such as <c>global::Shop.ChurnFlow</c>.</param>
/// <param name="ClassName">Such as <c>ChurnFlow</c>.</param>
/// <param name="Namespace">Its namespace, or <c>null</c> for the global one.</param>
/// <param name="Headers">Declarations from the outermost type to the flow itself, such as <c>partial class ChurnFlow</c>.</param>
internal sealed record FlowTypeModel(string MetadataName, string FullName, string ClassName, string? Namespace, EquatableArray<string> Headers)
{
    /// <summary>Whether another part can be written; without <c>partial</c> it would only add an error of the compiler.</summary>
    public bool CanHavePart { get; init; } = true;

    /// <summary>Whether the assembly's other code can name the class.</summary>
    public bool IsAccessible { get; init; } = true;

    /// <summary>Members that the user has declared and that would collide with generated ones.</summary>
    public EquatableArray<string> TakenNames { get; init; }
}
