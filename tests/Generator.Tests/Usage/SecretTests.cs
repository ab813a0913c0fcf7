namespace Generator.Tests.Usage;

/// <summary>FG0805 and FG0806: where the content of a secret goes.</summary>
public class SecretTests
{
    private const string Password = "readonly Secret<string> Password = new(\"x\");";

    [Theory]
    [InlineData("string", "Password.Reveal()")]
    [InlineData("string", "Password.Reveal().Trim()")]
    [InlineData("string", "\"a\" + Password.Reveal()")]
    [InlineData("string[]", "[Password.Reveal()]")]
    [InlineData("Login", "new Login(\"me\", Password.Reveal())")]
    [InlineData("Login", "new Login(\"me\", \"\") { Word = Password.Reveal() }")]
    public async Task Step_ReturnsASecret_IsTold(string type, string value)
    {
        var told = await ErrorsAsync($"{Password} [Step] public {type} Load() => {value};");
        Assert.Equal(["FG0805 " + value], told);
    }

    [Fact]
    public async Task Step_ReturnsASecretFromALocal_IsTold() =>
        Assert.Equal(["FG0805 text"], await ErrorsAsync($"{Password} [Step] public async Task<string> Load() {{ await Task.Yield(); var word = Password.Reveal(); var text = $\"a{{word}}\"; return text; }}"));

    [Theory]
    [InlineData("Password.Reveal().Length")]
    [InlineData("new List<string> { \"a\" }.Select(x => Password.Reveal()).Count()")]
    [InlineData("System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Password.Reveal())).Length")]
    public async Task Step_ReturnsWhatIsDerivedFromASecret_IsFine(string value) =>
        Assert.Empty(await ErrorsAsync($"{Password} [Step] public int Load() => {value};"));

    [Theory]
    [InlineData("Console.WriteLine(Password.Reveal())")]
    [InlineData("Console.Error.WriteLine(\"{0} {1}\", \"a\", Password.Reveal())")]
    [InlineData("log.LogInformation(\"with {Password}\", Password.Reveal())")]
    [InlineData("System.Diagnostics.Debug.WriteLine(Password.Reveal())")]
    public async Task Step_WritesASecret_IsTold(string call) =>
        Assert.Equal(["FG0806 " + call], await ErrorsAsync($"{Password} [Step] public int Load(ILogger log) {{ {call}; return 1; }}"));

    [Fact]
    public async Task Step_WritesASecretThroughAMethod_IsToldWithThePath() =>
        Assert.Equal(["FG0806 Tell: step 'load' writes what a secret reveals to the console (load -> Tell); leave it out, or write the secret itself, which shows as stars"],
            await Usage.ToldAsync($"{Password} [Step] public int Load() {{ Tell(); return 1; }} void Tell() => Console.WriteLine(Password.Reveal());"));

    [Fact]
    public async Task Step_WritesTheSecretItself_IsFine() =>
        Assert.Empty(await ErrorsAsync($"{Password} [Step] public int Load(ILogger log) {{ Console.WriteLine(Password); log.LogInformation(\"{{P}}\", Password); return 1; }}"));

    private static async Task<string[]> ErrorsAsync(string members) => await Usage.PlacesAsync(members, "public record Login(string Name, string Word);");
}
