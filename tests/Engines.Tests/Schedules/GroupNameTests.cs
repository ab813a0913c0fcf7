using CsCheck;
using FlowGen.Engines;

namespace Engines.Tests.Schedules;

public class GroupNameTests
{
    [Theory]
    [InlineData("churn", null, "churn")]
    [InlineData("churn", "production", "churn-production")]
    [InlineData("churn", "user.ann", "churn-user-ann")]
    public void Of_UsualBranch_IsReadable(string flow, string? branch, string name) => Assert.Equal(name, GroupName.Of(flow, branch));

    [Fact]
    public void Of_BranchesThatLookAlike_AreTwo() => Gen.String[Gen.Char["aB.-/_ä"], 1, 4].HashSet[2].Sample(branches =>
    {
        var names = branches.Select(branch => GroupName.Of("churn", branch)).ToList();
        Assert.NotEqual(names[0], names[1]);
        Assert.All(names, name => Assert.Matches("^[a-z0-9-]{1,48}$", name));
    });

    [Fact]
    public void Of_LongNames_FitAndDiffer()
    {
        var (one, other) = (GroupName.Of(new string('a', 60), "production"), GroupName.Of(new string('a', 61), "production"));
        Assert.NotEqual(one, other);
        Assert.Equal((48, 48), (one.Length, other.Length));
        Assert.Equal(one + "-12", GroupName.Schedule(one, 12));
    }
}
