using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>Takes what the inner parser takes. No message shows what was given.</summary>
internal sealed class ParameterParserOfSecret<T>(ParameterParser<T> inner) : ParameterParser<Secret<T>> where T : notnull
{
    internal override string Expected => inner.Expected;

    internal override string Example => inner.Example;

    internal override bool IsSecret => true;

    public override Secret<T> Parse(string text)
    {
        try
        {
            return new Secret<T>(inner.Parse(text), text);
        }
        catch (FormatException)
        {
            throw new FormatException($"is not {inner.Expected}");
        }
    }

    internal override Secret<T> Read(ref Utf8JsonReader json) => throw new JsonInputException(json.TokenStartIndex, "is a secret, which is never given in a file that is not secret itself");
}
