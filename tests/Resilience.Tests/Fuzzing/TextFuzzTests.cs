using System.Text;
using System.Text.Json;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Runtime.Tests.CommandLine;

namespace Resilience.Tests.Fuzzing;

/// <summary>What people write: parameters, questions, names of tasks and runs.</summary>
public sealed class TextFuzzTests
{
    private static void Attack(string name, Action<string> parse, Func<Exception, bool> isDeclared, string[] words, params string[] seeds) =>
        new Fuzzer(name, [.. seeds.Select(Encoding.UTF8.GetBytes)], bytes => parse(Encoding.UTF8.GetString(bytes)), isDeclared) { Words = words, Allowance = (400_000, 2000) }.Run();

    private static bool IsUsage(Exception e) => e is UsageException;

    private static bool IsFormat(Exception e) => e is FormatException;

    [Fact]
    public void Questions()
    {
        string[] words = ["and", " or ", "not ", "(", ")", "==", "<=", "'", "\"", "1e999", "90s", "null", "true", ".", "[", "]", "-", "a"];
        var values = JsonDocument.Parse("""{"auc": 0.85, "name": "Ann", "isGood": true, "none": null, "took": "00:01:30"}""").RootElement;
        Attack("question", text => QueryParser.Parse("--where", text).Holds(path => values.TryGetProperty(path.Text, out var value) ? value : default), IsUsage, words,
            "auc > 0.8 and not (name == 'O''Hara' or isGood)", "took < 2m || none == null", "best.auc[3,1] >= -1.5e-3", "!isGood && auc != 1");
        Attack("path", text => QueryPath.Parse("--show", text), IsUsage, words, "fit[3]", "best.auc", "run.took", "score[3,1].auc");
    }

    [Fact]
    public void Names()
    {
        string[] words = ["[", "]", ",", ".", "#", "/", "@", "99999999999999", "-1", "fit", "latest"];
        Attack("selection", text => _ = TaskSelection.Select(SampleRun.Failed, text).Take(10).ToList(), static e => e is FlowException { ExitCode: 2 or 3 }, words, "fit", "fit[1]", "fit.2", "best");
        Attack("task name", text => TaskName.Parse(text), static _ => false, words, "score[3,1]", "improve[3]#0", "a.1.2#7");
        Attack("thing", text => ThingName.Parse(text), static _ => false, words, "best", "x3k9q2mf/best", "churn/7zzd0q2k0-x3k9q2mf/fit[3]", "@champion/best");
        Attack("run key", text => RunKey.Parse(text), static _ => false, words, "churn/7zzd0q2k0-x3k9q2mf");
        Attack("duration", text => Duration.Parse(text), IsFormat, ["d", "h", "m", "s", "ms", ":", ".", "999999999999999999"], "1h30m", "250ms", "1.02:03:04.5");
        Attack("quantity", text => Quantity.Parse(text), static _ => false, ["K", "Mi", "E", "Ei", ".", "9999999999999999999"], "4Gi", "1.5M", "100");
    }

    [Fact]
    public void Parameters()
    {
        Attack("int", text => ParameterParsers.Parsable<int>().Parse(text), IsFormat, ["-", "e", "."], "5", "-17");
        Attack("double", text => ParameterParsers.Parsable<double>().Parse(text), IsFormat, ["-", "e", ".", "∞", "NaN"], "5.5e-3", "-1");
        Attack("date", text => ParameterParsers.Parsable<DateTimeOffset>().Parse(text), IsFormat, ["-", ":", "Z", "+99:99"], "2026-03-14T10:00:00+01:00");
    }

    [Fact]
    public void ParametersAsJson()
    {
        string[] words = ["{", "}", "[", "]", ":", ",", "\"", "null", "1e999", "\\ud800", "true", "-0"];
        var scalar = JsonShapes.Scalar<string, StringCodec>(ParameterParsers.String);
        var numbers = JsonShapes.List(JsonShapes.Scalar<int, Int32Codec>(ParameterParsers.Parsable<int>()));
        var parser = ParameterParsers.Json<Dictionary<string, int[]>, DictionaryCodec<string, StringCodec, int[], ArrayCodec<int, Int32Codec>>>(JsonShapes.Map(scalar, numbers));
        Attack("JSON", text => parser.Parse(text), IsFormat, words, """{"a": [1, 2], "b": []}""", "{}", """{ "ä\n": [-5] }""");

        // A file of parameters tells every mistake and throws none.
        Attack("file", text =>
        {
            var environment = new TestTerminal { Input = text }.Environment();
            var errors = new List<UsageError>();
            _ = ParameterFile.Read("-", SampleFlow.Definition, environment, errors);
        }, static _ => false, words, """{"folds": 3, "note": "x"}""", """{"folds": "three"}""", "{}");
    }
}
