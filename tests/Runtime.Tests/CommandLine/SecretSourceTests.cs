using FlowGen;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;

namespace Runtime.Tests.CommandLine;

public sealed class SecretSourceTests : IDisposable
{
    private static readonly FlowDefinition Flow = new()
    {
        Name = "fetch",
        ClassName = "FetchFlow",
        Parameters =
        [
            new ParameterDefinition<Secret<string>, SecretCodec<string>> { Name = "apiKey", Property = "ApiKey", TypeName = "Secret<string>", IsRequired = true, Shareable = true, Parser = ParameterParsers.Secret(ParameterParsers.String), Description = "Key of the service." },
            new ParameterDefinition<Secret<int>?, NullableReferenceCodec<Secret<int>, SecretCodec<int>>> { Name = "pin", Property = "Pin", TypeName = "Secret<int>?", Shareable = true, Parser = ParameterParsers.Optional(ParameterParsers.Secret(ParameterParsers.Parsable<int>())) },
        ],
        Artifacts = [],
        Dimensions = [],
        Steps = [],
        Create = _ => new object(),
        ReadParameters = _ => [],
        Defaults = () => [null, null],
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-secrets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string File(string name, string content)
    {
        System.IO.File.WriteAllText(Path.Combine(_directory, name), content);
        return name;
    }

    private TestTerminal Terminal(string input = "", string? userSecrets = null) => new(Flow) { Directory = _directory, Input = input, UserSecretsFile = userSecrets };

    /// <summary>What was found, or the mistakes.</summary>
    private static string Bind(TestTerminal terminal, params string[] args)
    {
        var errors = new List<UsageError>();
        var values = new ParameterBinder(Flow, VerbParser.Parse("run", Help.OptionsOf(new RunVerb(), Flow), 0, args, errors), terminal.Environment(), errors).Bind();
        return errors.Count > 0 ? string.Join('\n', errors.Select(error => $"{error.Code} {error.Message}")) : ((Secret<string>)values[0]!).Reveal() + (values[1] is Secret<int> pin ? $" {pin.Reveal()}" : "");
    }

    [Fact]
    public void Secret_FromEachSource_TheStrongestWins()
    {
        var secrets = Path.Combine(_directory, File("secrets.json", "{ \"Other:ApiKey\": \"no\", \"apikey\": \"mine\", \"Pin\": 4711 }"));
        File("mounted", "from the mount\n");
        File("named", "two\nlines\r\n");

        var terminal = Terminal("from input\n", secrets);
        Assert.Equal("mine 4711", Bind(terminal));
        terminal.Variables["FLOWGEN_PARAM_API_KEY_FILE"] = "mounted";
        Assert.Equal("from the mount 4711", Bind(terminal));
        terminal.Variables["FLOWGEN_PARAM_API_KEY"] = "from, the [variable]";
        Assert.Equal("from, the [variable] 4711", Bind(terminal));
        Assert.Equal("two\nlines 4711", Bind(terminal, "--api-key-file", "named"));
        Assert.Equal("from input 4711", Bind(terminal, "--api-key-file", "-"));
    }

    [Fact]
    public void Secret_OnTheCommandLine_IsRefusedWithoutRepeatingIt() => Assert.Equal(
        "FG1013 Option --api-key: a secret is never given on the command line, where other programs and the shell's history see it; give it in FLOWGEN_PARAM_API_KEY, in a file that FLOWGEN_PARAM_API_KEY_FILE or --api-key-file names ('-' is standard input), or as user secret ApiKey.",
        Bind(Terminal(), "--api-key", "sesame"));

    [Fact]
    public void Secret_ThatIsNowhere_IsToldWithItsPlaces() => Assert.StartsWith("FG1014 Secret apiKey (Key of the service) is required; give it in FLOWGEN_PARAM_API_KEY, ", Bind(Terminal()), StringComparison.Ordinal);

    [Fact]
    public void Secret_OfTheWrongType_IsToldWithoutRepeatingIt()
    {
        var terminal = Terminal();
        terminal.Variables["FLOWGEN_PARAM_API_KEY"] = "k";
        terminal.Variables["FLOWGEN_PARAM_PIN"] = "sesame";

        Assert.Equal("FG1014 Variable FLOWGEN_PARAM_PIN: the value of secret pin is not a whole number between -2147483648 and 2147483647.", Bind(terminal));
    }

    [Fact]
    public void Files_ThatCannotBeRead_AreToldByName()
    {
        Assert.StartsWith("FG1014 Option --api-key-file: the file 'gone' with secret apiKey cannot be read: ", Bind(Terminal(), "--api-key-file", "gone"), StringComparison.Ordinal);
        Assert.Contains("FG1014 The user secrets of this program, ", Bind(Terminal(userSecrets: Path.Combine(_directory, File("secrets.json", "{ oops"))), "--pin-file", "-"), StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInput_GivenTwice_IsAMistake() => Assert.Contains(
        "FG1006 Standard input is given to --api-key-file and --params, but it can be read once; use files.", Bind(Terminal("{}"), "--api-key-file", "-", "--params", "-"), StringComparison.Ordinal);

    [Fact]
    public async Task Help_OfASecret_NamesItsPlacesAndNotTheOption()
    {
        var help = (await Terminal().TypeAsync("run", "--help")).Out;
        var show = (await Terminal().TypeAsync("show")).Out;

        Assert.Contains("--api-key-file FILE", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--api-key ", help, StringComparison.Ordinal);
        Assert.Contains("Secret apiKey is given in FLOWGEN_PARAM_API_KEY,", show, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("APPDATA=/data HOME=/home/ann", "/data/Microsoft/UserSecrets/id/secrets.json")]
    [InlineData("HOME=/home/ann", "/home/ann/.microsoft/usersecrets/id/secrets.json")]
    public void UserSecrets_OfAProject_AreWhereTheSdkKeepsThem(string variables, string expected)
    {
        var given = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(expected.Replace('/', Path.DirectorySeparatorChar), UserSecrets.FileOf("id", given.GetValueOrDefault)!.Replace('/', Path.DirectorySeparatorChar));
    }
}
