using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowGen.Storage;
using Runtime.Tests.CommandLine;

namespace Resilience.Tests;

/// <summary>What was stored can be read by every later version; what a later version stored is refused as such.</summary>
public sealed class GoldenStoreTests
{
    /// <summary>What is asked of the store, and of each run in it.</summary>
    private static readonly string[] s_ofStore = ["runs --all-users --limit 9", "runs --all-users --json --show days,rounds,end,improve", "status @gold", "find 377f2d7c", "diff {0} {1}", "diff {0} {1} --json"];

    private static readonly string[] s_ofRun =
        ["status {0}", "status {0} --json", "dump {0}", "dump {0} --json", "logs {0} --all --timestamps", "logs {0} --json", "explain {0}/end", "explain {0}/end --json", "code list {0}", "lineage {0}/end", "get {0}/end", "tag {0}"];

    [Fact]
    public void Versions_OfThePast_HaveAStoreEach() => Assert.InRange(GoldenStore.Versions.Length, Envelope.Version - 1, Envelope.Version);

    [Theory]
    [InlineData("v1"), InlineData("v2"), InlineData("v3")]
    public async Task Read_StoreOfAPastVersion_SaysWhatItAlwaysSaid(string version)
    {
        using var store = GoldenStore.Extract(version);
        var before = GoldenStore.Files(store.Path);
        var runs = await RunsAsync(store.Path);
        var text = new StringBuilder();
        foreach (var command in s_ofStore.Concat(runs.SelectMany(run => s_ofRun.Select(command => command.Replace("{0}", run, StringComparison.Ordinal)))))
        {
            var typed = await TypeAsync(store.Path, command.Replace("{0}", runs[^1], StringComparison.Ordinal).Replace("{1}", runs[^2], StringComparison.Ordinal));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"$ {command}\n{Shorten(typed.Out)}{typed.Error}{(typed.ExitCode == 0 ? "" : $"exit {typed.ExitCode}\n")}\n");
        }

        Assert.Equal(before, GoldenStore.Files(store.Path));
        Golden.Check(Path.Combine(GoldenStore.Folder, version + ".txt"), text.Replace(store.Path, "STORE").ToString());
    }

    [Theory]
    [InlineData("format"), InlineData("log/0000000000")]
    public async Task Use_StoreOfANewerVersion_IsRefusedAndNothingIsWritten(string newer)
    {
        using var store = GoldenStore.Extract("v3");
        var run = (await RunsAsync(store.Path))[^1];
        await Storage.Tests.Samples.OpenAsync(new LocalFolderStore(store.Path)); // this machine has tried the store before
        foreach (var file in Directory.EnumerateFiles(store.Path, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(newer, StringComparison.Ordinal))) MakeNewer(file);
        var before = GoldenStore.Files(store.Path);

        foreach (var command in (string[])["runs --all-users", "status {0}", "status {0} --json", "dump {0}", "logs {0}", "explain {0}/end", "get {0}/end", "lineage {0}/end", "code list {0}", "diff {0} {0}", "tag {0} --add new", "resume sample latest", "run other"])
        {
            // Runs of other flows do not keep this one from starting.
            if (newer != "format" && command is ("run other" or "resume sample latest")) continue;
            var typed = await TypeAsync(store.Path, command.Replace("{0}", run, StringComparison.Ordinal));
            Assert.True(typed.ExitCode is 4, $"{command}: {typed.ExitCode} {typed.Out}{typed.Error}");
            Assert.StartsWith("error FG1108: The object '", typed.Error, StringComparison.Ordinal);
            Assert.EndsWith("Update the FlowGen package.\n", typed.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, GoldenStore.Files(store.Path));
    }

    private static Task<Typed> TypeAsync(string store, string command) => GoldenStore.Terminal.TypeAsync([.. command.Split(' '), "--store", store]);

    private static async Task<List<string>> RunsAsync(string store) =>
        [.. JsonDocument.Parse((await TypeAsync(store, "runs --all-users --json")).Out).RootElement.EnumerateArray().Select(run => run.GetProperty("run").GetString()!)];

    /// <summary>Of long outputs the beginning is kept, and the hash of all.</summary>
    private static string Shorten(string text)
    {
        var lines = text.Split('\n');
        return lines.Length <= 60 ? text : $"{string.Join('\n', lines[..30])}\n... {lines.Length} lines, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n";
    }

    private static void MakeNewer(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[4] = Envelope.Version + 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), Crc32.HashToUInt32(bytes.AsSpan(0, bytes.Length - 4)));
        File.WriteAllBytes(file, bytes);
    }
}
