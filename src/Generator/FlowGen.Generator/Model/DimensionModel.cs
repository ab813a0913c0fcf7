namespace FlowGen.Generator.Model;

/// <summary>A collection that some step iterates.</summary>
internal sealed record DimensionModel(string Name, SourceModel Source, ArtifactType Item, LabelModel? Label);

/// <summary>The member of an item that people see beside its index.</summary>
/// <param name="TypeName">Type of the item, fully qualified, without nullability.</param>
/// <param name="Member">Name of a property or field.</param>
internal sealed record LabelModel(string TypeName, string Member);

/// <summary>Position of an artifact or a parameter.</summary>
internal readonly record struct SourceModel(bool IsParameter, int Index);
