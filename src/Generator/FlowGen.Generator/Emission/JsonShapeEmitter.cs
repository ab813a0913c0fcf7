using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes what the values of one of the user's types look like in JSON, for parameters.</summary>
internal static class JsonShapeEmitter
{
    /// <summary>A property for each type: shapes are made when they are needed, since types can refer to each other.</summary>
    public static string NameOf(string codec) => codec + "Json";

    public static void Emit(SourceWriter writer, CodecModel codec)
    {
        writer.Line();
        var name = NameOf(codec.Name);
        writer.Line($"private static {Code.Services}JsonShape? made{name};");
        writer.Line();
        var (factory, parts) = codec switch
        {
            ObjectCodecModel type => (Factory(type), type.Members.Select(member => type.Layout == ObjectLayout.Tuple ? member.Json! : Member(type, member)).ToList()),
            UnionCodecModel union => ($"{(union.IsNumbered ? "NumberedUnion" : "Union")}({Code.Literal(codec.Shown)}", union.Members.Select(member => Member(union, member)).ToList()),
            _ => throw new System.InvalidOperationException("There is a kind of codec without a shape."),
        };
        var separator = factory.EndsWith("(", StringComparison.Ordinal) || parts.Count == 0 ? "" : ",";
        writer.Line($"private static {Code.Services}JsonShape {name} => made{name} ??= {Code.Services}JsonShapes.{factory}{separator}{(parts.Count == 0 ? ");" : "")}");
        for (var i = 0; i < parts.Count; i++) writer.Line("    " + parts[i] + (i == parts.Count - 1 ? ");" : ","));
    }

    private static string Factory(ObjectCodecModel codec) => codec.Layout switch
    {
        ObjectLayout.Tuple => "Tuple(",
        ObjectLayout.Indexed => $"Indexed({Code.Literal(codec.Shown)}",
        _ => $"Object({Code.Literal(codec.Shown)}",
    };

    private static string Member(ObjectCodecModel codec, MemberModel member)
    {
        var more = new List<string>();
        if (codec.Layout == ObjectLayout.Indexed) more.Add($"Index = {member.Index}");
        if (member.IsOptional) more.Add("IsOptional = true");
        return $"new {Code.Services}JsonMember({Code.Literal(member.Key)}, {member.Json})" + (more.Count == 0 ? "" : $" {{ {string.Join(", ", more)} }}");
    }

    private static string Member(UnionCodecModel union, UnionMemberModel member) =>
        $"new {Code.Services}JsonMember({Code.Literal(member.Name)}, {member.Json})" + (union.IsNumbered ? $" {{ Index = {member.Number} }}" : "");
}
