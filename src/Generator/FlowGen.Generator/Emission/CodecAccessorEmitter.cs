using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes how members are got and set: by name where the language allows it, through unsafe accessors, which cost the same, where not.</summary>
internal static class CodecAccessorEmitter
{
    private const string Accessor = "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    public static string Get(ObjectCodecModel codec, MemberModel member) => member.Get switch
    {
        MemberAccess.PropertyAccessor => $"Get{member.Name}({Target(codec)}value)",
        MemberAccess.FieldAccessor => $"Field{member.Name}({Target(codec)}value)",
        _ => $"value.{Code.Identifier(member.Name)}",
    };

    public static string Set(ObjectCodecModel codec, MemberModel member, string source) => member.Set == MemberAccess.PropertyAccessor
        ? $"Set{member.Name}({Target(codec)}value, {source});"
        : $"value.{Code.Identifier(member.Name)} = {source};";

    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        if (codec.HasHiddenConstructor)
        {
            var parameters = codec.Arguments.Select((index, i) => $"{codec.Members[index].TypeName} argument{i}");
            Extern(writer, "Constructor)]", $"{codec.TypeName} Create({string.Join(", ", parameters)})");
        }

        foreach (var member in codec.Members)
        {
            var target = $"{Target(codec)}{member.DeclaringType} target";
            if (member.Get == MemberAccess.PropertyAccessor) Extern(writer, $"Method, Name = \"get_{member.Name}\")]", $"{member.TypeName} Get{member.Name}({target})");
            if (member.Get == MemberAccess.FieldAccessor) Extern(writer, $"Field, Name = {Code.Literal(member.FieldName)})]", $"ref {member.TypeName} Field{member.Name}({target})");
            if (member.Set == MemberAccess.PropertyAccessor) Extern(writer, $"Method, Name = \"set_{member.Name}\")]", $"void Set{member.Name}({target}, {member.TypeName} value)");
        }
    }

    private static void Extern(SourceWriter writer, string kind, string signature)
    {
        writer.Line();
        writer.Line(Accessor + kind);
        writer.Line($"private static extern {signature};");
    }

    private static string Target(ObjectCodecModel codec) => codec.IsReference ? "" : "ref ";
}
