namespace FlowGen.Runs;

/// <summary>Where the index of a run is. Parts are put first, the header last: parts without a header mean nothing.</summary>
internal static class IndexKeys
{
    public static string Header(RunKey run) => run.Prefix + "index";

    public static string Part(RunKey run, int number) => $"{run.Prefix}index-parts/{number:d10}";
}
