namespace FlowGen.Generator.Fingerprints;

/// <summary>What one step's code is made of, and which parameters of the flow it reads.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Parts">Sorted, so that equal code gives equal text.</param>
/// <param name="Reads">Names of parameters, sorted; what it takes as an input is not among them.</param>
internal sealed record StepCode(string Step, IReadOnlyList<CodePart> Parts, IReadOnlyList<string> Reads);
