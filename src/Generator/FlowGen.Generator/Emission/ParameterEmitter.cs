using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes what sets, reads and checks the parameters of a flow.</summary>
internal static class ParameterEmitter
{
    public static void EmitDefinition(SourceWriter writer, ParameterModel parameter)
    {
        writer.Open($"new {Code.Services}ParameterDefinition<{parameter.Type.TypeName}, {parameter.Type.CodecName}>");
        writer.Line($"Name = {Code.Literal(parameter.Name)},");
        writer.Line($"Property = {Code.Literal(parameter.Property)},");
        writer.Line($"TypeName = {Code.Literal(parameter.Type.DisplayName)},");
        if (parameter.Description is not null) writer.Line($"Description = {Code.Literal(parameter.Description)},");
        if (parameter.DefaultText is not null) writer.Line($"DefaultText = {Code.Literal(parameter.DefaultText)},");
        if (parameter.IsRequired && parameter.FromRun is null) writer.Line("IsRequired = true,");
        if (parameter.FromRun is { } from) writer.Line($"FromRun = {FromRun(from)},");
        if (parameter.IsFromSchedule) writer.Line("FromSchedule = true,");
        writer.Line($"Shareable = {Code.Literal(parameter.Type.Shareable)},");
        writer.Line($"Parser = {parameter.Parser},");
        if (parameter.IsChecked) writer.Line($"Check = {CheckOf(parameter)},");
        writer.Close(",");
    }

    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        var type = flow.Type.FullName;
        writer.Line();
        if (flow.Parameters.Count == 0)
        {
            writer.Line($"private static object Create(object?[] values) => new {type}();");
            writer.Line();
            writer.Line("private static object?[] ReadParameters(object flow) => [];");
            writer.Line();
            writer.Line("private static object?[] Defaults() => [];");
            return;
        }

        writer.Open($"private static object Create(object?[] values) => new {type}");
        for (var i = 0; i < flow.Parameters.Count; i++)
            writer.Line($"{Code.Identifier(flow.Parameters[i].Property)} = ({flow.Parameters[i].Type.TypeName})values[{i}]!,");
        writer.Close(";");

        writer.Line();
        writer.Line($"private static object?[] ReadParameters(object flow) => Read(({type})flow);");
        writer.Line();
        writer.Line($"private static object?[] Read({type} flow) => {Code.List(flow.Parameters.Select(p => "flow." + Code.Identifier(p.Property)))};");
        writer.Line();
        writer.Open("private static object?[] Defaults()");
        var required = string.Join(", ", flow.Parameters.Where(p => p.IsRequired).Select(p => $"{Code.Identifier(p.Property)} = default!"));
        writer.Line($"var flow = new {type}{(required.Length == 0 ? "()" : $" {{ {required} }}")};");
        writer.Line($"return {Code.List(flow.Parameters.Select(p => p.IsRequired ? "null" : "flow." + Code.Identifier(p.Property)))};");
        writer.Close();

        foreach (var parameter in flow.Parameters.Where(parameter => parameter.IsChecked)) EmitCheck(writer, parameter);
        InsideEmitter.Emit(writer, flow.Insides);
        if (flow.Parameters.SelectMany(parameter => parameter.Checks).Concat(flow.Insides.SelectMany(inside => inside.Parts).SelectMany(part => part.Checks)).Any(check => check.Pattern is not null)) EmitMatches(writer);
    }

    private static void EmitCheck(SourceWriter writer, ParameterModel parameter)
    {
        writer.Line();
        writer.Open($"private static string? {CheckOf(parameter)}({parameter.Type.TypeName} given)");
        var isArray = parameter.Type.TypeName.TrimEnd('?').EndsWith("[]", StringComparison.Ordinal);
        var value = isArray ? "values" : "value";
        writer.Line(parameter.Type.Nullable ? $"if (given is not {{ }} {value}) return null;" : $"var {value} = given;");
        if (isArray && parameter.Checks.Count > 0) writer.Open("foreach (var value in values)");
        foreach (var check in parameter.Checks) writer.Line($"if ({Condition(check)}) return {Code.Literal(check.Message)};");
        if (isArray && parameter.Checks.Count > 0) writer.Close();
        writer.Line(parameter.Inside is null ? "return null;" : $"return {parameter.Inside}({value}, \"\");");
        writer.Close();
    }

    /// <summary>Condition over <c>value</c> under which a check fails.</summary>
    public static string Condition(CheckModel check) => check.Pattern is null ? check.Fails : $"!Matches(value, {Code.Literal(check.Pattern)})";

    /// <summary>As the attribute does it: the whole text must match, and the empty text is left to other attributes.</summary>
    private static void EmitMatches(SourceWriter writer)
    {
        writer.Line();
        writer.Open("private static bool Matches(string value, string pattern)");
        writer.Line("if (value.Length == 0) return true;");
        writer.Line("var match = global::System.Text.RegularExpressions.Regex.Match(value, pattern, " +
            "global::System.Text.RegularExpressions.RegexOptions.None, global::System.TimeSpan.FromSeconds(2));");
        writer.Line("return match.Success && match.Index == 0 && match.Length == value.Length;");
        writer.Close();
    }

    private static string FromRun(FromRunModel from)
    {
        var more = new[] { from.Tag is null ? null : $"Tag = {Code.Literal(from.Tag)}", from.IsOptional ? "IsOptional = true" : null }.OfType<string>().ToList();
        return $"new {Code.Services}FromRunDefinition({Code.Literal(from.Flow)}, {DefinitionEmitter.Artifact(from.Artifact, from.Value)})" + (more.Count == 0 ? "" : $" {{ {string.Join(", ", more)} }}");
    }

    private static string CheckOf(ParameterModel parameter) => parameter.Property + "Check";
}
