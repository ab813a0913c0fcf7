namespace Package.Tests;

public class Placeholder { [Fact] public void Project_Builds_AndRuns() => Assert.True(true); }
