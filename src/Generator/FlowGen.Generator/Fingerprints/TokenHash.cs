using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Fingerprints;

/// <summary>Hashes tokens without trivia and the names of symbols, so that layout and comments never count.</summary>
internal sealed class TokenHash
{
    private const char EndOfToken = '\u0001', EndOfSymbol = '\u0002';

    private readonly StringBuilder _text = new();

    public void Add(SyntaxToken token) => _text.Append(token.Text).Append(EndOfToken);

    public void Add(string symbol) => _text.Append(symbol).Append(EndOfSymbol);

    public void AddTokens(SyntaxNode node)
    {
        foreach (var token in node.DescendantTokens()) Add(token);
    }

    /// <summary>What was added since the last time; starts over.</summary>
    public string Take()
    {
        var hash = Of(_text.ToString());
        _text.Clear();
        return hash;
    }

    /// <summary>The first half of the SHA-256: it tells code apart, it does not guard it.</summary>
    public static string Of(string text)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        var digits = new char[32];
        for (var i = 0; i < digits.Length; i++) digits[i] = "0123456789abcdef"[(hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15];
        return new string(digits);
    }

    /// <summary>Of several hashes whose order says nothing.</summary>
    public static string Of(IEnumerable<string> hashes) => Of(string.Join("\n", hashes.OrderBy(hash => hash, StringComparer.Ordinal)));
}
