using CsCheck;
using FlowGen;
using FlowGen.Executing.Secrets;

namespace Runtime.Tests.Executing;

public class SecretMaskTests
{
    private static SecretMask Of(params string[] secrets) => SecretMask.Of(secrets.Select(secret => new Secret<string>(secret)));

    [Theory]
    [InlineData("nothing here", "nothing here")]
    [InlineData("key=sesame;", "key=***;")]
    [InlineData("sesamesesame sesame", "*** ***")]
    [InlineData("{\"key\": \"se\\\"same\"}", "{\"key\": \"***\"}")]
    [InlineData("?key=a%20b%2Fc", "?key=***")]
    [InlineData("Basic c2VzYW1l", "Basic ***")]
    [InlineData("line two!", "***!")]
    public void Hide_EachForm_GivesStars(string text, string expected) =>
        Assert.Equal(expected, Of("sesame", "se\"same", "a b/c", "line one\r\nline two").Hide(text));

    [Fact]
    public void Hide_OverlappingValues_LeavesNothingOfEither() => Assert.Equal("x***y", Of("abcab", "bd").Hide("xabcabcabdy"));

    [Fact]
    public void Hide_ValuesThatAreNoText_HidesHowTheyAreWritten() =>
        Assert.Equal("pin ***, *** or ***", SecretMask.Of([new Secret<int>(4711), new Secret<double>(0.75, "0.750"), 3]).Hide("pin 4711, 0.75 or 0.750"));

    [Fact]
    public void Hide_AnyTextWithAnySecrets_HasNoneOfThem() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 1, 4].Array[1, 3], Gen.String[Gen.Char["abcd"], 0, 40]).Sample((secrets, text) =>
        {
            var hidden = Of(secrets).Hide(text);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, hidden, StringComparison.Ordinal));
            // All that is left stood there, in this order, and what no secret covers is left.
            var covered = new bool[text.Length];
            foreach (var secret in secrets)
                for (var i = text.IndexOf(secret, StringComparison.Ordinal); i >= 0; i = text.IndexOf(secret, i + 1, StringComparison.Ordinal)) covered.AsSpan(i, secret.Length).Fill(true);
            Assert.Equal(string.Concat(text.Where((_, i) => !covered[i])), hidden.Replace(SecretMask.Stars, "", StringComparison.Ordinal));
        });

    [Fact]
    public void Secret_Shown_IsStars()
    {
        var secret = new Secret<string>("sesame");

        Assert.Equal(("***", "sesame"), ($"{secret}", secret.Reveal()));
        Assert.DoesNotContain("sesame", System.Text.Json.JsonSerializer.Serialize(secret), StringComparison.Ordinal);
    }
}
