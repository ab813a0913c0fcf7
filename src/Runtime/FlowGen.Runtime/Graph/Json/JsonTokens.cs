namespace FlowGen.CompilerServices;

/// <summary>Tokens of JSON that can be one simple value.</summary>
[Flags]
internal enum JsonTokens
{
    Text = 1,
    Number = 2,
    Boolean = 4,

    /// <summary>The texts that stand for what numbers of JSON cannot say: NaN and the infinities.</summary>
    NotFinite = 8,
}
