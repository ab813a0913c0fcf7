namespace FlowGen.Runs;

/// <summary>Identity of a run: <c>flow/inverted time-random</c>. Keys of one flow sort newest first; the random part (8 base32 characters) is the short form people type.</summary>
/// <param name="Flow">Command-line name of the flow.</param>
/// <param name="Id">Inverted time, hyphen, random part.</param>
internal readonly partial record struct RunKey(string Flow, string Id)
{
    /// <summary>The random part.</summary>
    public string Short => Id[(Id.IndexOf('-') + 1)..];

    public override string ToString() => Flow + "/" + Id;
}
