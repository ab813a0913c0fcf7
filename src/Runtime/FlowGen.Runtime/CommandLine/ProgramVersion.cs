namespace FlowGen.CommandLine;

/// <summary>Versions of the program and of FlowGen.</summary>
internal static class ProgramVersion
{
    /// <summary>Such as <c>FlowGen 0.1.0</c>.</summary>
    public static string Text => "FlowGen " + (typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3) ?? "unknown");
}
