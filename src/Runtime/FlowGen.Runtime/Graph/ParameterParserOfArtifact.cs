namespace FlowGen.CompilerServices;

/// <summary>Takes the name of a run. Which run that is is found out when the run starts.</summary>
internal sealed class ParameterParserOfArtifact<T> : ParameterParser<Artifact<T>>
{
    internal override string Expected => "a run: 'latest', '@tag' or its id";

    internal override string Example => "\"latest\"";

    public override Artifact<T> Parse(string text) => text.Trim().Length > 0 ? Artifact<T>.OfRun(text.Trim()) : throw new FormatException("names no run; write 'latest', '@tag' or its id");
}
