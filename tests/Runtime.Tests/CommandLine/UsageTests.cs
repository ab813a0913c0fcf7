using FlowGen.CommandLine;

namespace Runtime.Tests.CommandLine;

/// <summary>Every mistake that can be typed, word for word.</summary>
public class UsageTests
{
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "error FG1001: There is no verb 'stauts'; did you mean status?\n", ["stauts"] },
        { "error FG1001: There is no verb 'shout'; the verbs are run, resume, submit, deploy, cancel, drive, show, runs, status, logs, dump, explain, tag, diff, code, get, find, lineage, replay, rm, gc, du, fsck.\n", ["shout"] },
        { "error FG1001: There is no verb '--folds'; the verbs are run, resume, submit, deploy, cancel, drive, show, runs, status, logs, dump, explain, tag, diff, code, get, find, lineage, replay, rm, gc, du, fsck.\n", ["--folds", "3"] },
        { "error FG1002: 'run' has no option --test-shar; did you mean --test-share?\n", ["run", "--folds", "3", "--test-shar=0.3"] },
        { "error FG1002: 'runs' has no option --xyz; 'runs --help' lists them.\n", ["runs", "--xyz"] },
        { "error FG1002: 'more' is one argument too many for 'status'.\n", ["status", "latest", "more"] },
        { "error FG1002: 'now' is one argument too many for 'run'.\n", ["run", "--folds", "3", "now"] },
        { "error FG1003: Option --folds: 'many' is not a whole number between -2147483648 and 2147483647.\n", ["run", "--folds", "many"] },
        { "error FG1003: Option --colors: 'Gren' is not one of Red, Green, Blue; did you mean Green?\n", ["run", "--folds", "3", "--colors", "Red", "Gren"] },
        { "error FG1003: Option --strict: 'maybe' is not true or false.\n", ["run", "--folds", "3", "--strict=maybe"] },
        { "error FG1003: Option --format: 'svg' is not one of text, mermaid, json.\n", ["show", "--format", "svg"] },
        { "error FG1003: Option --status: 'done' is not one of running, succeeded, failed, cancelled, interrupted.\n", ["runs", "--status", "done"] },
        { "error FG1030: Option --tag: 'user:ann' cannot be given or taken, as tags that start with 'user:' are made by FlowGen; leave it out, or choose another word.\n", ["run", "--folds", "3", "--tag", "user:ann"] },
        { "error FG1030: Option --add: ' x' is not a tag; a tag has 1 to 100 printable characters and no spaces at its ends.\n", ["tag", "--add", " x"] },
        { "error FG1003: The tag 'x' cannot be given and taken at the same time.\n", ["tag", "--move", "x", "--remove", "x"] },
        { "error FG1031: Flow sample belongs to no project, so it has no branches and no production; put [Project(\"name\")] on SampleFlow, or leave the option out.\n", ["run", "--folds", "3", "--production"] },
        { "error FG1003: Options --branch and --production exclude each other; give one.\n", ["runs", "--branch", "a", "--production"] },
        { "error FG1003: Option --since: 'soon' is neither a time such as 2026-03-14 or 2026-03-14T13:45:00Z nor how long ago, such as 2d or 12h.\n", ["runs", "--since", "soon"] },
        { "error FG1003: Option --param: 'folds' is not a parameter with its value, such as testShare=0.2.\n", ["runs", "--param", "folds"] },
        { "error FG1032: Option --where: 'best.auc >' ends where a value is expected.\n", ["runs", "--where", "best.auc >"] },
        { "error FG1032: Option --show: 'a b' is not the name of a value, such as testShare, best.auc, fit[3].auc or run.took.\n", ["runs", "--show", "folds,a b"] },
        { "error FG1003: Option --older-than: 'a month' is not a duration such as 90s, 1h30m or 01:30:00.\n", ["gc", "--older-than", "a month"] },
        { "error FG1003: Option --store-timeout: '5' is not a duration such as 90s, 1h30m or 01:30:00.\n", ["run", "--folds", "3", "--store-timeout", "5"] },
        { "error FG1003: Option --keep-last: '0' is not a whole number of at least 1.\n", ["gc", "--keep-last", "0"] },
        { "error FG1003: --keep-tagged and --keep-tag say which runs stay; say with --older-than or --keep-last which go.\n", ["gc", "--keep-tagged"] },
        { "error FG1003: 'rm' needs the runs to remove: rm RUN...\n", ["rm"] },
        { "error FG1003: Option --limit: '0' is not a whole number of at least 1.\n", ["runs", "--limit", "0"] },
        { "error FG1004: Parameter folds (Into how many parts the rows are split) is required; give it as --folds <int>, in FLOWGEN_PARAM_FOLDS or in the file of --params.\n", ["run"] },
        { "error FG1005: Option --test-share: '0.9' must be between 0.05 and 0.5.\n", ["run", "--folds", "3", "--test-share", "0.9"] },
        { "error FG1006: Option --folds needs a value: --folds <int>.\n", ["run", "--folds"] },
        { "error FG1006: Option --note needs a value: --note <string>.\n", ["run", "--folds", "3", "--note", "--quiet"] },
        { "error FG1002: 'run' has no option --quite; did you mean --quiet?\n", ["run", "--folds", "3", "--note", "--quite"] },
        { "error FG1002: 'run' has no option --foldz; did you mean --folds?\n", ["run", "--foldz", "3"] },
        { "error FG1002: 'run' has no option --foldz; did you mean --folds?\n", ["run", "--foldz", "-3"] },
        { "error FG1002: 'run' has no option --foldz; did you mean --folds?\n", ["run", "--foldz=3"] },
        { "error FG1002: 'run' has no option --colours; did you mean --colors?\n", ["run", "--folds", "3", "--colours", "Red", "Green"] },
        { "error FG1002: 'run' has no option --x; 'run --help' lists them.\n", ["run", "--folds", "3", "--x:1"] },
        { "error FG1006: Option --folds is given 2 times; give it once.\n", ["run", "--folds", "3", "--folds", "4"] },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Typed_Mistake_IsOneLineAndExitCode2(string expected, string[] args)
    {
        var typed = await new TestTerminal().TypeAsync(args);

        Assert.Equal(expected, typed.Error);
        Assert.Equal("", typed.Out);
        Assert.Equal(2, typed.ExitCode);
    }

    [Fact]
    public async Task Typed_SeveralMistakes_AreAllReported()
    {
        var typed = await new TestTerminal().TypeAsync("run", "--test-share", "2", "--colors", "pink", "--foldz", "3");

        Assert.Equal(
            """
            error FG1002: 'run' has no option --foldz; did you mean --folds?
            error FG1005: Option --test-share: '2' must be between 0.05 and 0.5.
            error FG1003: Option --colors: 'pink' is not one of Red, Green, Blue.

            """, typed.Error);
    }

    [Theory]
    [InlineData("FLOWGEN_PARAM_FOLDZ", "note: The variable FLOWGEN_PARAM_FOLDZ belongs to no parameter and is ignored; did you mean FLOWGEN_PARAM_FOLDS?\n")]
    [InlineData("FLOWGEN_PARAM_OTHER_THING", "note: The variable FLOWGEN_PARAM_OTHER_THING belongs to no parameter and is ignored.\n")]
    [InlineData("FLOWGEN_PARAM_FOLDS", "")]
    [InlineData("FLOWGEN_OTHER", "")]
    public async Task Run_WithAVariableOfNoParameter_IsANote(string name, string note)
    {
        var terminal = new TestTerminal { Variables = { [name] = "3" } };

        var typed = await terminal.TypeAsync("run", "--folds", "many");

        Assert.Equal(note + "error FG1003: Option --folds: 'many' is not a whole number between -2147483648 and 2147483647.\n", typed.Error);
    }

    [Theory]
    [InlineData("FLOWGEN_PARAM_FOLDS", "x", "error FG1003: Variable FLOWGEN_PARAM_FOLDS: 'x' is not a whole number between -2147483648 and 2147483647.\n")]
    [InlineData("FLOWGEN_PARAM_TEST_SHARE", "0.9", "error FG1004: Parameter folds (Into how many parts the rows are split) is required; give it as --folds <int>, in FLOWGEN_PARAM_FOLDS or in the file of --params.\nerror FG1005: Variable FLOWGEN_PARAM_TEST_SHARE: '0.9' must be between 0.05 and 0.5.\n")]
    public async Task Run_WithAWrongVariable_NamesIt(string name, string value, string expected)
    {
        var typed = await new TestTerminal { Variables = { [name] = value } }.TypeAsync("run");

        Assert.Equal(expected, typed.Error);
        Assert.Equal(2, typed.ExitCode);
    }

    [Fact]
    public void Bind_OptionAndVariableAndDefault_InThisOrder()
    {
        var environment = new TestTerminal { Variables = { ["FLOWGEN_PARAM_FOLDS"] = "7", ["FLOWGEN_PARAM_COLORS"] = "Red, Blue" } }.Environment();
        var errors = new List<UsageError>();
        var names = SampleFlow.Definition.Parameters.Select(parameter => parameter.Name).ToList();

        var byVariable = new ParameterBinder(SampleFlow.Definition, VerbArguments.None, environment, errors).Bind();
        var byOption = new ParameterBinder(SampleFlow.Definition, new VerbArguments([], new Dictionary<string, IReadOnlyList<string>?> { ["--folds"] = ["9"] }), environment, errors).Bind();

        Assert.Empty(errors);
        Assert.Equal((7, 9), (byVariable[names.IndexOf("folds")], byOption[names.IndexOf("folds")]));
        Assert.Equal(["Red", "Blue"], ((System.Collections.IEnumerable)byVariable[names.IndexOf("colors")]!).Cast<object>().Select(color => color.ToString()));
        Assert.Equal(SampleFlow.Definition.Defaults()[names.IndexOf("testShare")], byVariable[names.IndexOf("testShare")]);
    }
}
