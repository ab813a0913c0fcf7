using System.Text;
using CsCheck;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.Runs;

namespace Runtime.Tests.CommandLine;

/// <summary>Source that was stored with a run: compared, and written to a disk.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-source-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static SourceSnapshot Snapshot(params (string Path, string Text)[] files) =>
        SourceSnapshot.Of(files.Select(file => new SourceFile(file.Path, Encoding.UTF8.GetBytes(file.Text))));

    private static string Diff(SourceSnapshot before, SourceSnapshot after)
    {
        var output = new StringWriter { NewLine = "\n" };
        foreach (var path in UnifiedDiff.Changed(before, after)) UnifiedDiff.Write(output, path, before, after);
        return output.ToString();
    }

    [Fact]
    public void LineDiff_OfAnyLists_MakesOneOfTheOtherWithTheFewestLines() =>
        Gen.Select(Gen.Int[0, 4].Array[0, 12], Gen.Int[0, 4].Array[0, 12]).Sample((a, b) =>
        {
            string[] before = [.. a.Select(n => $"{n}")], after = [.. b.Select(n => $"{n}")];

            var diff = LineDiff.Of(before, after);

            Assert.Equal(before, diff.Where(line => line.Kind != '+').Select(line => line.Line));
            Assert.Equal(after, diff.Where(line => line.Kind != '-').Select(line => line.Line));
            Assert.Equal(before.Length + after.Length - (2 * LongestCommon(before, after)), diff.Count(line => line.Kind != ' '));
        }, iter: 3000);

    private static int LongestCommon(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
                lengths[i, j] = a[i - 1] == b[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[a.Length, b.Length];
    }

    [Fact]
    public void LineDiff_OfFilesWithoutAnythingInCommon_ReplacesAll()
    {
        string[] before = [.. Enumerable.Range(0, 3000).Select(n => $"a{n}")], after = [.. Enumerable.Range(0, 3000).Select(n => $"b{n}")];

        var diff = LineDiff.Of(before, after);

        Assert.Equal((3000, 3000), (diff.Count(line => line.Kind == '-'), diff.Count(line => line.Kind == '+')));
    }

    [Fact]
    public async Task UnifiedDiff_OfAnyChange_IsTakenByGit()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 60).Select(n => $"line {n}").ToList();
        var changed = lines.ToList();
        for (var i = 0; i < 9; i++)
        {
            var at = random.Next(changed.Count);
            if (i % 3 == 0) changed.RemoveAt(at);
            else changed.Insert(at, $"new {i}");
        }

        var before = Snapshot(("same.txt", "x\n"), ("a/old.txt", "gone\n"), ("a/text.txt", string.Join('\n', lines)), ("b.txt", string.Join('\n', lines) + "\n"), ("empty.txt", ""));
        var after = Snapshot(("same.txt", "x\n"), ("a/text.txt", string.Join('\n', changed) + "\n"), ("b.txt", string.Join('\n', changed)), ("c/new.txt", "é\r\nwithout an end"), ("empty.txt", "now one\n"));
        SourceFolder.Write(before, Path.Combine(_directory, "work"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "patch"), Diff(before, after), TestContext.Current.CancellationToken);

        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["apply", "--whitespace=nowarn", "../patch"]) { WorkingDirectory = Path.Combine(_directory, "work"), RedirectStandardError = true })!;
        var error = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (git.ExitCode, error));
        var root = Path.Combine(_directory, "work");
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllBytes);
        Assert.Equal(after.Files.Select(file => file.Path), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(after.Files, file => Assert.Equal(file.Content, files[file.Path]));
    }

    [Fact]
    public void UnifiedDiff_OfSmallChange_ShowsThreeLinesAround() => Assert.Equal(
        """
        diff --git a/a.txt b/a.txt
        --- a/a.txt
        +++ b/a.txt
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """, Diff(Snapshot(("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")), Snapshot(("a.txt", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))));

    [Theory]
    [InlineData("/etc/passwd"), InlineData("../x"), InlineData("a/../../x"), InlineData("a//b"), InlineData("./a"), InlineData("C:/x"), InlineData("a\\b"), InlineData("a:stream"), InlineData("")]
    [InlineData("con"), InlineData("a/NUL.txt"), InlineData("Com1"), InlineData("lpt9.cs"), InlineData("a."), InlineData("a "), InlineData("a\u0001b"), InlineData(".git/hooks/pre-commit"), InlineData("a/.GIT/config"), InlineData("a?"), InlineData("git~1/x")]
    public void Decode_HostilePath_IsRefusedAndNamed(string path)
    {
        var error = Assert.Throws<FlowException>(() => SourceSnapshot.Decode("store", "blobs/0/aa/x", Snapshot(("fine.txt", ""), (path, "x")).Encode()));

        Assert.Equal(("FG1107", 4), (error.Code, error.ExitCode));
        Assert.Contains("blobs/0/aa/x", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt", "A.txt"), InlineData("dir/a", "DIR/b"), InlineData("a", "a/b"), InlineData("x/A/y", "x/a")]
    public void Decode_PathsThatClash_AreRefused(string first, string second) =>
        Assert.Contains("cannot both exist", Assert.Throws<FlowException>(() => SourceSnapshot.Decode("store", "key", Snapshot((first, ""), (second, "")).Encode())).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_AnyDamage_IsAnErrorThatNamesTheObject()
    {
        var content = Snapshot(("Program.cs", "class P;"), ("a/b.cs", "// b")).Encode();
        Gen.Select(Gen.Int[0, content.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var damaged = (byte[])content.Clone();
            damaged[at] = value;
            try
            {
                Assert.All(SourceSnapshot.Decode("store", "the-key", damaged).Files, file => Assert.Null(SourcePath.WhyNot(file.Path)));
            }
            catch (FlowException e)
            {
                Assert.Contains("the-key", e.Message, StringComparison.Ordinal);
            }
        }, iter: 5000);
    }

    [Fact]
    public void Encode_SameFilesInAnyOrder_IsOneContent() => Assert.Equal(Snapshot(("b", "2"), ("a", "1")).Encode(), Snapshot(("a", "1"), ("b", "2")).Encode());

    [Fact]
    public void Write_FolderThatHoldsSomething_TouchesNothing()
    {
        File.WriteAllText(Path.Combine(_directory, "mine.txt"), "mine");

        var error = Assert.Throws<FlowException>(() => SourceFolder.Write(Snapshot(("mine.txt", "theirs"), ("other.txt", "")), _directory));

        Assert.Equal(("FG1037", 2), (error.Code, error.ExitCode));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_directory, "mine.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public void Decode_ManyFiles_AreFoundAgain()
    {
        var files = Enumerable.Range(0, 300).Select(n => new SourceFile($"src/{n % 7}/File{n}.cs", new byte[n])).ToArray();

        var decoded = SourceSnapshot.Decode("store", "key", SourceSnapshot.Of(files).Encode());

        Assert.Equal(files.Select(file => file.Path).Order(StringComparer.Ordinal), decoded.Files.Select(file => file.Path));
        Assert.All(files, file => Assert.Equal(file.Content, decoded.Find(file.Path)));
        Assert.Null(decoded.Find("src/0/File1.cs"));
    }
}
