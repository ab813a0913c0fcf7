using FlowGen;

namespace Runtime.Tests.CommandLine;

public class NearMissTests
{
    [Theory]
    [InlineData("stauts", "status"), InlineData("Run", "run"), InlineData("runn", "run"), InlineData("sho", "show"), InlineData("resum", "resume"), InlineData("resumes", "resume")]
    public void Of_CloseText_IsFound(string text, string expected) => Assert.Equal(expected, NearMiss.Of(text, ["run", "runs", "resume", "show", "status", "logs", "dump"]));

    [Theory]
    [InlineData(""), InlineData("deploy"), InlineData("x"), InlineData("zzzzzz")]
    public void Of_DistantText_IsNotFound(string text) => Assert.Null(NearMiss.Of(text, ["run", "runs", "resume", "show", "status", "logs", "dump"]));
}
