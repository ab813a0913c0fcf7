namespace FlowGen.Executing.Secrets;

/// <summary>What the runtime knows of a secret, whatever its type.</summary>
internal interface ISecret
{
    /// <summary>Whether it has its value; what was read from a record has none until it is looked up again.</summary>
    bool IsKnown { get; }

    /// <summary>The value in the forms in which it could be written.</summary>
    IEnumerable<string> Texts { get; }
}
