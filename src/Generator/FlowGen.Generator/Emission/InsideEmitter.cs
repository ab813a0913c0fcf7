using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes one method for each type that has validation attributes inside: it says what is wrong first, after the place of it.</summary>
internal static class InsideEmitter
{
    public static void Emit(SourceWriter writer, EquatableArray<InsideModel> types)
    {
        foreach (var type in types)
        {
            writer.Line();
            writer.Open($"private static string? {type.Name}({type.TypeName} it, string path)");
            switch (type.Kind)
            {
                case InsideKind.Items:
                    writer.Line("var index = 0;");
                    writer.Open("foreach (var item in it)");
                    writer.Line($"if (item is {{ }} value && {type.Parts[0].Inside}(value, $\"{{path}}[{{index}}]\") is {{ }} wrong) return wrong;");
                    writer.Line("index++;");
                    writer.Close();
                    break;
                case InsideKind.Values:
                    writer.Line($"foreach (var (key, item) in it) if (item is {{ }} value && {type.Parts[0].Inside}(value, $\"{{path}}.{{key}}\") is {{ }} wrong) return wrong;");
                    break;
                case InsideKind.Cases:
                    for (var i = 0; i < type.Parts.Count; i++)
                        writer.Line($"if (it is {type.Parts[i].Access} case{i} && {type.Parts[i].Inside}(case{i}, path + {Code.Literal(type.Parts[i].Path)}) is {{ }} wrong{i}) return wrong{i};");
                    break;
                default:
                    foreach (var part in type.Parts) EmitMember(writer, part);
                    break;
            }
            writer.Line("return null;");
            writer.Close();
        }
    }

    private static void EmitMember(SourceWriter writer, InsidePartModel part)
    {
        var path = Code.Literal(part.Path);
        // What a condition names is known in all of its block, and every member needs the same names.
        writer.OpenBlock();
        writer.Open($"if (it.{Code.Identifier(part.Access)} is {{ }} {(part.IsArray ? "values" : "value")})");
        if (part.Checks.Count > 0)
        {
            if (part.IsArray) writer.Open("for (var index = 0; index < values.Length; index++)");
            if (part.IsArray) writer.Line("var value = values[index];");
            foreach (var check in part.Checks)
                writer.Line($"if ({ParameterEmitter.Condition(check)}) return {(part.IsArray ? $"$\"{{path}}{part.Path}[{{index}}] \" + {Code.Literal(check.Message)}" : $"path + {Code.Literal(part.Path + " " + check.Message)}")};");
            if (part.IsArray) writer.Close();
        }
        if (part.Inside is not null) writer.Line($"if ({part.Inside}({(part.IsArray ? "values" : "value")}, path + {path}) is {{ }} wrong) return wrong;");
        writer.Close();
        writer.Close();
    }
}
