using CsCheck;
using FlowGen;
using FlowGen.Slurm;
using FlowGen.Slurm.Schedules;

namespace Engines.Tests.Slurm;

public class ScrontabTests
{
    private static readonly ScrontabEntry Entry = new("churn-1", "churn", "churn", "0 3 * * *", "UTC", "ann", ["#SCRON --job-name=churn-1", "0 3 * * * '/shared/it'\\''s/churn-1.sh'"], IsSuspended: false);

    private static readonly string[] s_others = ["", "# mine", "#SCRON --time=1", "0 0 1 1 * /bin/true %", "  \t", "# BEGIN FlowGen churner: x", "# END FlowGen churner", "#DISABLED: 1 1 * * * x", "æ\r", "# churn-1: flow churn, x (UTC), by me"];

    [Fact]
    public void With_Block_LeavesEveryOtherByteAlone() => Gen.Select(Others, Others, Gen.Bool).Sample((before, after, isLast) =>
    {
        var mine = new Scrontab(before).With("churn", [Entry]);
        if (isLast) after = "";
        var text = mine + after;

        var changed = new Scrontab(text).With("churn", [Entry with { IsSuspended = true }, Entry with { Name = "churn-2" }]);
        var removed = new Scrontab(changed).With("churn", []);

        var end = before.Length == 0 || before.EndsWith('\n') ? "" : "\n";
        Assert.Equal(before + end + after, removed);
        Assert.StartsWith(before + end, changed, StringComparison.Ordinal);
        Assert.EndsWith(after, changed, StringComparison.Ordinal);
        Assert.Equal(text, new Scrontab(changed).With("churn", [Entry]));
    });

    [Fact]
    public void Entries_OfWhatWasWritten_AreTheSame()
    {
        ScrontabEntry[] entries = [Entry with { IsSuspended = true }, Entry with { Name = "churn-2", Cron = "0 0 (1) * *", User = "ann (o'x), by day" }];

        var tab = new Scrontab("# BEGIN FlowGen churn-production: x\n# END FlowGen churn-production\n" + Scrontab.Block("churn", entries));

        Assert.Equal(["churn-production", "churn"], tab.Groups());
        Assert.Empty(tab.Entries("churn-production"));
        Assert.Equal(entries.Select(entry => entry.Text), tab.Entries("churn").Select(entry => entry.Text));
        Assert.Equal(("0 0 (1) * *", "ann (o'x), by day", "/shared/it's/churn-1.sh"), (tab.Entries("churn")[1].Cron, tab.Entries("churn")[1].User, tab.Entries("churn")[1].Script));
        Assert.Equal([true, false], tab.Entries("churn").Select(entry => entry.IsSuspended));
    }

    [Fact]
    public void Text_OfOneThatRests_IsAsSlurmShowsWhatIsCancelled() =>
        Assert.Equal("# churn-1: flow churn, 0 3 * * * (UTC), by ann\n#DISABLED: #SCRON --job-name=churn-1\n#DISABLED: 0 3 * * * '/shared/it'\\''s/churn-1.sh'\n", (Entry with { IsSuspended = true }).Text);

    [Fact]
    public void With_BlockWithoutEnd_IsAnError()
    {
        var error = Assert.Throws<FlowException>(() => new Scrontab("# BEGIN FlowGen churn\n0 0 * * * mine\n").With("churn", []));
        Assert.Equal(SlurmErrors.BadScrontab, error.Code);
        Assert.Contains("no line '# END FlowGen churn' after it", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Lines of the user's own, also such as look like FlowGen's, with and without an end.</summary>
    private static Gen<string> Others { get; } = Gen.Select(
        Gen.Int[0, s_others.Length - 1].Select(i => s_others[i]).Array[0, 5],
        Gen.Bool).Select((lines, isEnded) => string.Join('\n', lines) + (isEnded && lines.Length > 0 ? "\n" : ""));
}
