using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>What <c>deploy</c> was told reaches the runs that a clock starts on another machine.</summary>
public class DeployTests
{
    private static readonly Loaded Program = new("""
        [Flow]
        [Schedule("0 3 * * *")]
        public partial class OneFlow
        {
            [Parameter] public InputFile? Rows { get; init; }
            [Parameter] public InputFile[] More { get; init; } = [];
            [Parameter] public int[] Sizes { get; init; } = [1, 2];
            [Parameter] public bool Strict { get; init; }
            [Parameter] public double Share { get; init; } = 0.2;
            [Parameter] public string? Note { get; init; } = "none";
            [Parameter, FromSchedule] public DateTimeOffset Day { get; init; }
            [Parameter] public Secret<string>? Key { get; init; }
            [Step] public int Sum() => Sizes.Length;
        }
        """);

    private static Binding One => new(Program.Definition("OneFlow"));

    private static string[] Words(Binding binding, bool seesFiles, params string[] args)
    {
        var words = binding.Deploy(seesFiles, args);
        Assert.Empty(binding.Errors);
        return words;
    }

    private static string Here(string path) => Path.Combine(Path.GetTempPath(), path);

    [Fact]
    public void Options_AsTheyWereWritten_AreHandedOn()
    {
        string[] words = ["--sizes", "3", "--sizes", "4", "--strict", "--share", ".50", "--note=a b", "--tag", "nightly", "--with", "sum:retry=2", "--fail-fast"];

        Assert.Equal(["--sizes=3", "--sizes=4", "--strict=true", "--share=.50", "--note=a b"], Words(One, true, words)[^5..]);
        Assert.Equal(["--fail-fast", "--tag=nightly", "--with=sum:retry=2"], Words(One, true, words)[..^5].Order());
    }

    [Fact]
    public void Defaults_AreThoseOfTheProgramThen()
    {
        Assert.Empty(Words(One, true));
        Assert.Empty(Words(new Binding(Program.Definition("OneFlow")) { File = """{ "share": 0.2, "sizes": [1, 2], "note": "none" }""" }, true));
    }

    [Fact]
    public void Lists_WithoutElements_StayEmpty()
    {
        foreach (var words in new[]
        {
            Words(One, true, "--sizes", "[]"),
            Words(new Binding(Program.Definition("OneFlow")) { Variables = { ["FLOWGEN_PARAM_SIZES"] = "[]" } }, true),
            Words(new Binding(Program.Definition("OneFlow")) { File = """{ "sizes": [] }""" }, true),
        })
        {
            Assert.Equal(["--sizes=[]"], words);
            Assert.Empty((int[])One.Bind(words)[2]!);
        }
    }

    [Fact]
    public void Null_OfAFile_HasNoFormOnACommandLine()
    {
        var binding = new Binding(Program.Definition("OneFlow")) { File = """{ "note": null }""" };

        Assert.Empty(binding.Deploy(true));
        Assert.Equal(["FG1312 Parameter note: its value in the file of --params has no form on a command line; give it as --note."], binding.Errors);
    }

    [Fact]
    public void Files_AreNamedFromTheRoot()
    {
        Assert.Equal(["--rows=" + Here("rows.csv"), "--more=" + Here("a.csv"), "--more=" + Here("b.csv")], Words(One, true, "--rows", "rows.csv", "--more", "a.csv", "--more", "./b.csv"));
        Assert.Equal(["--rows=" + Here("rows.csv")], Words(new Binding(Program.Definition("OneFlow")) { Variables = { ["FLOWGEN_PARAM_ROWS"] = "rows.csv" } }, true));
        Assert.Equal(["--rows=" + Here("rows.csv")], Words(new Binding(Program.Definition("OneFlow")) { File = """{ "rows": "rows.csv" }""" }, true));
    }

    [Fact]
    public void Files_OfThisMachine_AreNotThoseOfAnother()
    {
        var binding = One;

        Assert.Empty(binding.Deploy(false, "--rows", "rows.csv"));
        Assert.Equal(["FG1312 Parameter rows: the file 'rows.csv' is on this machine, and jobs of the engine do not see it; mount one (setting pod), and name it by its full path there."], binding.Errors);
        Assert.Equal(["--rows=/data/rows.csv"], Words(One, false, "--rows", "/data/rows.csv"));
        Assert.Equal(["--rows=/data/rows.csv"], Words(new Binding(Program.Definition("OneFlow")) { File = """{ "rows": "/data/rows.csv" }""" }, false));
    }

    [Fact]
    public void Secrets_TravelAsFilesOnly()
    {
        Assert.Equal(["--key-file=" + Here("key")], Words(One, true, "--key-file", "key"));
        Assert.Equal(["--key-file=/run/key"], Words(One, false, "--key-file", "/run/key"));
        Assert.Empty(Words(new Binding(Program.Definition("OneFlow")) { Variables = { ["FLOWGEN_PARAM_KEY"] = "hunter2" } }, true));
    }

    [Fact]
    public void Secrets_OfStandardInput_AreNotThereThen()
    {
        var binding = One;

        Assert.Empty(binding.Deploy(true, "--key-file", "-"));
        Assert.Equal(["FG1312 Parameter key: standard input is not there when a schedule starts a run; name a file with --key-file."], binding.Errors);
    }
}
