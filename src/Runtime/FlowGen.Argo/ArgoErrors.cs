namespace FlowGen.Argo;

/// <summary>Mistakes that only Argo knows; <c>docs/rules</c> has a page for each.</summary>
internal static class ArgoErrors
{
    public const string NotPossible = "FG1380", TooLarge = "FG1381", NotFinished = "FG1382";

    /// <summary>The flow cannot be a workflow as it is.</summary>
    public static FlowException Impossible(string message) => new(NotPossible, message, 2);
}
