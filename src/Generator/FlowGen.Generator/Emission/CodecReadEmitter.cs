using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes how an object is read: its members into variables, in whatever order they come, then the object from them.</summary>
internal static class CodecReadEmitter
{
    private const string Objects = Code.Services + "ObjectCodec.";

    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Open($"public static {codec.TypeName} Read(ref global::MessagePack.MessagePackReader reader)");
        if (codec.IsRecursive) writer.Line($"{Code.Services}Recursion.Enter(ref reader);");
        Declare(writer, codec);
        if (codec.Members.Count > 0)
        {
            writer.Line("var member = \"\";");
            writer.Open("try");
        }

        if (codec.Layout == ObjectLayout.Tuple) ReadTuple(writer, codec);
        else if (codec.Layout == ObjectLayout.Map) ReadMap(writer, codec);
        else ReadIndexed(writer, codec);
        if (codec.Members.Count > 0)
        {
            writer.Close();
            writer.Open($"catch (global::System.Exception exception) when ({Code.Services}ArtifactPath.Member(exception, member))");
            writer.Line("throw;");
            writer.Close();
        }

        if (codec.Layout != ObjectLayout.Tuple)
            foreach (var member in codec.Members.Where(member => !member.IsOptional))
                writer.Line($"if (!{Seen(member)}) throw {Objects}Missing({Code.Literal(codec.Shown)}, {Code.Literal(member.Name)});");

        if (codec.IsRecursive) writer.Line($"{Code.Services}Recursion.Leave(ref reader);");
        Construct(writer, codec, "return");
        writer.Close();
    }

    /// <summary>Number of values in the array.</summary>
    public static int Length(ObjectCodecModel codec) =>
        codec.Layout == ObjectLayout.Indexed ? codec.Members.Max(member => member.Index) + 1 : codec.Members.Count;

    private static void ReadTuple(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Line($"{Objects}ReadArrayHeader(ref reader, {codec.Members.Count});");
        foreach (var member in codec.Members) writer.Line($"{At(member)} {Local(member)} = {member.CodecName}.Read(ref reader);");
    }

    private static void Declare(SourceWriter writer, ObjectCodecModel codec)
    {
        foreach (var member in codec.Members)
        {
            writer.Line($"{member.TypeName} {Local(member)} = {member.Default};");
            if (codec.Layout != ObjectLayout.Tuple) writer.Line($"var {Seen(member)} = false;");
        }
    }

    private static void ReadMap(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Open("for (var left = reader.ReadMapHeader(); left > 0; left--)");
        if (codec.Members.Count > 0) writer.Line("member = \"\";");
        writer.Line($"var key = {Objects}ReadKey(ref reader);");
        var keyword = "if";
        foreach (var member in codec.Members)
        {
            writer.Open($"{keyword} (global::System.MemoryExtensions.SequenceEqual(key, {Code.Literal(member.Key)}u8))");
            writer.Line($"{Objects}Once(ref {Seen(member)}, {Code.Literal(codec.Shown)}, {Code.Literal(member.Name)});");
            writer.Line(At(member));
            writer.Line($"{Local(member)} = {member.CodecName}.Read(ref reader);");
            writer.Close();
            keyword = "else if";
        }

        if (codec.Members.Count > 0) writer.Open("else");
        writer.Line($"{Objects}Skip(ref reader);");
        if (codec.Members.Count > 0) writer.Close();
        writer.Close();
    }

    private static void ReadIndexed(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Line("var count = reader.ReadArrayHeader();");
        writer.Open("for (var index = 0; index < count; index++)");
        writer.Open("switch (index)");
        foreach (var member in codec.Members)
            writer.Line($"case {member.Index}: {At(member)} {Local(member)} = {member.CodecName}.Read(ref reader); {Seen(member)} = true; break;");
        writer.Line($"default: {Objects}Skip(ref reader); break;");
        writer.Close();
        writer.Close();
    }

    /// <summary>Makes the object from its members' variables. An optional member that is set later has another, which says whether it was there.</summary>
    public static void Construct(SourceWriter writer, ObjectCodecModel codec, string result)
    {
        var arguments = string.Join(", ", codec.Arguments.Select(index => Local(codec.Members[index])));
        if (codec.Layout == ObjectLayout.Tuple && !codec.IsReference && codec.Arguments.Count > 1)
        {
            writer.Line($"{result} ({arguments});");
            return;
        }

        var initialized = codec.Members.Where(member => member.Set == MemberAccess.Initializer).Select(member => $"{Code.Identifier(member.Name)} = {Local(member)}").ToList();
        var created = codec.HasHiddenConstructor ? $"Create({arguments})"
            : $"new {codec.TypeName}({arguments})" + (initialized.Count == 0 ? "" : $" {{ {string.Join(", ", initialized)} }}");
        var later = codec.Members.Where(IsSetLater).ToList();
        if (later.Count == 0)
        {
            writer.Line($"{result} {created};");
            return;
        }

        writer.Line($"var value = {created};");
        foreach (var member in later) writer.Line((member.IsOptional ? $"if ({Seen(member)}) " : "") + CodecAccessorEmitter.Set(codec, member, Local(member)));
        writer.Line($"{result} value;");
    }

    /// <summary>Notes where reading is, for the path of an exception.</summary>
    public static string At(MemberModel member) => $"member = {Code.Literal(member.Name)};";

    public static bool IsSetLater(MemberModel member) => member.Set is MemberAccess.Direct or MemberAccess.PropertyAccessor;

    public static string Local(MemberModel member) => "new" + member.Name;

    public static string Seen(MemberModel member) => "has" + member.Name;
}
