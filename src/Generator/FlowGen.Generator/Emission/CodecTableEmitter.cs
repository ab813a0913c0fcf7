using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes how many objects are stored at once: each member of all of them as a column.</summary>
internal static class CodecTableEmitter
{
    private const string Columns = Code.Services + "Column.", Tables = Code.Services + "Table.", Objects = Code.Services + "ObjectCodec.";

    /// <summary>Few calls, each for thousands of rows: they must not begin slowly.</summary>
    private const string AtOnce = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        var type = $"{Code.Services}Columns<{codec.TypeName}>";
        writer.Line();
        writer.Line($"public static {type} Columns {{ get; }} = new Table();");
        writer.Line();
        writer.Open($"private sealed class Table : {type}");
        EmitWrite(writer, codec);
        writer.Line();
        EmitRead(writer, codec);
        writer.Close();
    }

    private static void EmitWrite(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Line(AtOnce);
        writer.Open($"public override void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ReadOnlySpan<{codec.TypeName}> rows)");
        if (codec.IsReference) writer.Line($"{Tables}Check(rows);");
        foreach (var member in codec.Members) writer.Line($"var {Cells(member)} = {Columns}Rent<{member.TypeName}>(rows.Length);");
        writer.Open("for (var i = 0; i < rows.Length; i++)");
        writer.Line("var value = rows[i];");
        foreach (var member in codec.Members) writer.Line($"{Cells(member)}[i] = {CodecAccessorEmitter.Get(codec, member)};");
        writer.Close();

        writer.Line(codec.Layout == ObjectLayout.Map ? $"writer.WriteMapHeader({codec.Members.Count});" : $"writer.WriteArrayHeader({codec.Members.Count});");
        writer.Line("var member = \"\";");
        writer.Open("try");
        foreach (var member in codec.Members)
        {
            writer.Line(CodecReadEmitter.At(member));
            if (codec.Layout == ObjectLayout.Map) writer.Line($"writer.WriteString({Code.Literal(member.Key)}u8);");
            writer.Line($"{Columns}Write<{member.TypeName}, {member.ColumnName}>(ref writer, {Cells(member)}, rows.Length);");
        }

        writer.Close();
        writer.Open($"catch (global::FlowGen.ArtifactException exception) when ({Code.Services}ArtifactPath.Member(exception, member))");
        writer.Line("throw;");
        writer.Close();
        writer.Close();
    }

    private static void EmitRead(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Line(AtOnce);
        writer.Open($"public override void Read(ref global::MessagePack.MessagePackReader reader, {Code.Services}TableRows<{codec.TypeName}> rows)");
        foreach (var member in codec.Members) writer.Line($"{member.TypeName}[]? {Cells(member)} = null;");
        writer.Line("var member = \"\";");
        writer.Open("try");
        if (codec.Layout == ObjectLayout.Map) ReadMap(writer, codec);
        else
        {
            writer.Line($"{Objects}ReadArrayHeader(ref reader, {codec.Members.Count});");
            foreach (var member in codec.Members) ReadColumn(writer, member);
        }

        writer.Close();
        writer.Open($"catch (global::System.Exception exception) when ({Code.Services}ArtifactPath.Member(exception, member))");
        writer.Line("throw;");
        writer.Close();
        if (codec.Layout == ObjectLayout.Map) CheckColumns(writer, codec);

        writer.Line("var target = rows.Next();");
        writer.Open("for (var i = 0; i < target.Length; i++)");
        foreach (var member in codec.Members)
        {
            writer.Line($"{member.TypeName} {CodecReadEmitter.Local(member)} = " + (IsAlwaysThere(codec, member) ? $"{Cells(member)}[i];" : $"{Cells(member)} is null ? {member.Default} : {Cells(member)}[i];"));
            if (member.IsOptional && CodecReadEmitter.IsSetLater(member)) writer.Line($"var {CodecReadEmitter.Seen(member)} = {Cells(member)} is not null;");
        }

        CodecReadEmitter.Construct(writer, codec, "target[i] =");
        writer.Close();
        foreach (var member in codec.Members) writer.Line($"{Columns}Return({Cells(member)});");
        writer.Close();
    }

    private static void ReadMap(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Open("for (var left = reader.ReadMapHeader(); left > 0; left--)");
        writer.Line("member = \"\";");
        writer.Line($"var key = {Objects}ReadKey(ref reader);");
        var keyword = "if";
        foreach (var member in codec.Members)
        {
            writer.Open($"{keyword} (global::System.MemoryExtensions.SequenceEqual(key, {Code.Literal(member.Key)}u8))");
            writer.Line($"if ({Cells(member)} is not null) throw {Tables}Twice({Code.Literal(codec.Shown)}, {Code.Literal(member.Name)});");
            ReadColumn(writer, member);
            writer.Close();
            keyword = "else if";
        }

        writer.Open("else");
        writer.Line($"{Objects}Skip(ref reader);");
        writer.Close();
        writer.Close();
    }

    private static void ReadColumn(SourceWriter writer, MemberModel member)
    {
        writer.Line(CodecReadEmitter.At(member));
        writer.Line($"{Cells(member)} = {member.ColumnName}.Read(ref reader, rows.Count);");
    }

    /// <summary>At least one column says how many rows there are.</summary>
    private static void CheckColumns(SourceWriter writer, ObjectCodecModel codec)
    {
        foreach (var member in codec.Members.Where(member => !member.IsOptional))
            writer.Line($"if ({Cells(member)} is null) throw {Objects}Missing({Code.Literal(codec.Shown)}, {Code.Literal(member.Name)});");
        if (codec.Members.All(member => member.IsOptional))
            writer.Line($"if ({string.Join(" && ", codec.Members.Select(member => $"{Cells(member)} is null"))}) throw {Tables}NoColumns({Code.Literal(codec.Shown)});");
    }

    private static bool IsAlwaysThere(ObjectCodecModel codec, MemberModel member) => codec.Layout == ObjectLayout.Tuple || !member.IsOptional;

    private static string Cells(MemberModel member) => "cells" + member.Name;
}
