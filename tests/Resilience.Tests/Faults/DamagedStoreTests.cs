using System.Text.RegularExpressions;
using FlowGen;
using FlowGen.Storage;
using Runtime.Tests.CommandLine;
using Runtime.Tests.Executing;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>Every object of a store, cut and flipped in several places, and every command that reads it: the right answer, or an error that names the object.</summary>
public sealed partial class DamagedStoreTests : IDisposable
{
    private static readonly string[] s_commands =
    [
        "runs --all-users", "runs --all-users --json --show best,size", "status {0}", "status {0} --json", "status @gold", "status {1}", "dump {0}", "dump {0} --json", "dump {1}", "logs {0}", "logs {0} --json --all",
        "explain {0}/best", "get {0}/best", "find 00ff", "lineage {0}/best", "diff {1} {0}", "tag {0}", "code list {0}",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly TestTerminal _terminal = new(SmallFlow.Make().Build(), OtherFlow.Definition);
    private string _finished = "", _interrupted = "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_EveryObjectTruncated_IsRightOrNamesIt()
    {
        await MakeAsync();
        await EachAsync(static bytes => new[] { 0, 7, 8, 20, bytes.Length / 2, bytes.Length - 1 }.Where(length => length < bytes.Length).Distinct().Select(length => bytes[..length]));
    }

    [Fact]
    public async Task Read_EveryObjectWithOneBitFlipped_IsRightOrNamesIt()
    {
        await MakeAsync();
        await EachAsync(static bytes => new[] { 0, 4, 5, 6, 8, bytes.Length / 3, bytes.Length / 2, bytes.Length - 9, bytes.Length - 1 }.Where(at => at < bytes.Length).Distinct().Select(at =>
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= (byte)(1 << (at % 8));
            return flipped;
        }));
    }

    private async Task MakeAsync()
    {
        var objects = new LocalFolderStore(_folder.Path);
        var observer = new RecordingObserver();
        await Assert.ThrowsAsync<FlowException>(() => SmallFlow.RunAsync(new NumberedStore(objects, 22, Trouble.KilledAfter), observer: observer));
        _interrupted = observer.Manifest!.Run.ToString();
        var (run, _) = await SmallFlow.RunAsync(objects, observer.Manifest.Run, tags: ["gold"]);
        _finished = run.ToString();
    }

    private async Task EachAsync(Func<byte[], IEnumerable<byte[]>> damages)
    {
        var right = new Dictionary<string, Typed>();
        foreach (var command in s_commands) right[command] = await TypeAsync(command);
        Assert.True(right.Count(answer => answer.Value.ExitCode == 0) >= s_commands.Length - 2, string.Join("\n", right.Select(answer => $"{answer.Key}: {answer.Value.ExitCode} {answer.Value.Error}")));
        var (same, told) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".gitignore", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList())
        {
            var key = Path.GetRelativePath(_folder.Path, file);
            var bytes = await File.ReadAllBytesAsync(file);
            var written = File.GetLastWriteTimeUtc(file);
            foreach (var damaged in damages(bytes))
            {
                await WriteAsync(file, damaged, written);
                foreach (var command in s_commands)
                {
                    var typed = await TypeAsync(command);
                    if (typed == right[command]) same++;
                    else if (typed.ExitCode == 4 && OneError().IsMatch(typed.Error) && typed.Error.Contains($"'{key}'", StringComparison.Ordinal)) told++;
                    else Assert.Fail($"{command} of a store whose {key} is damaged ({damaged.Length} of {bytes.Length} bytes): {typed.ExitCode}\n{typed.Error}\n{typed.Out}");
                }
            }

            await WriteAsync(file, bytes, written);
        }

        Assert.True(same > 1000 && told > 300, $"{same} answers were right, {told} errors");
    }

    private static async Task WriteAsync(string file, byte[] bytes, DateTime written)
    {
        await File.WriteAllBytesAsync(file, bytes);
        File.SetLastWriteTimeUtc(file, written);
    }

    private Task<Typed> TypeAsync(string command) => _terminal.TypeAsync([.. command.Replace("{0}", _finished, StringComparison.Ordinal).Replace("{1}", _interrupted, StringComparison.Ordinal).Split(' '), "--store", _folder.Path]);

    /// <summary>Perhaps notes, then one line.</summary>
    [GeneratedRegex("^(note: [^\n]*\n)*error FG11[0-9][0-9]: [^\n]*\n$")]
    private static partial Regex OneError();
}
