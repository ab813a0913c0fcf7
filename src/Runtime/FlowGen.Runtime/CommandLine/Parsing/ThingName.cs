namespace FlowGen.CommandLine;

/// <summary>A thing of a run as people name it: <c>best</c> of the latest run, <c>x3k9q2mf/best</c>, <c>churn/7zzd0q2k0-x3k9q2mf/fit[3]</c>, <c>@champion/best</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Thing">What follows its name: an artifact or a task.</param>
internal readonly record struct ThingName(string Run, string Thing)
{
    public static ThingName Parse(string text) => text.LastIndexOf('/') is >= 0 and var slash ? new ThingName(text[..slash], text[(slash + 1)..]) : new ThingName("latest", text);
}
