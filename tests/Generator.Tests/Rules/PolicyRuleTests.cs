using Generator.Tests.Support;

namespace Generator.Tests.Rules;

/// <summary>Values of policies beside those on the rules' pages: which are taken, and what is said of the others.</summary>
public class PolicyRuleTests
{
    [Theory]
    [InlineData("Retry(101)", "FG0601 step 'load' has [Retry(101)], expected 1 to 100 retries after the first attempt; write at most 100")]
    [InlineData("Retry(3, Backoff = \"11m\")", "FG0602 step 'load' has Backoff = \"11m\", expected a duration of up to ten minutes; write it like \"500ms\", \"10s\" or \"1m30s\"")]
    [InlineData("Retry(3, Backoff = \"2d\", MaxBackoff = \"1h\")", "FG0602 step 'load' has Backoff = \"2d\", expected a duration of up to a day; write it like \"500ms\", \"10s\" or \"1m30s\"", "FG0618 step 'load' has MaxBackoff = \"1h\", expected a duration of at least its Backoff (2d) and at most a day; write it like MaxBackoff = \"30m\"")]
    [InlineData("Retry(3, MaxBackoff = \"soon\")", "FG0618 step 'load' has MaxBackoff = \"soon\", expected a duration of at least its Backoff (1s) and at most a day; write it like MaxBackoff = \"30m\"")]
    [InlineData("Retry(3, On = [])", "FG0606 step 'load' is never tried again, because On names no exception; name one, or remove On to retry on all")]
    [InlineData("Retry(3, Except = [typeof(Exception)])", "FG0606 step 'load' is never tried again, because Except names all exceptions; remove one of them")]
    [InlineData("Retry(3, On = [typeof(TimeoutException)], Except = [typeof(TimeoutException)])", "FG0606 step 'load' is never tried again, because On names 'TimeoutException' and Except names 'TimeoutException', which covers it; remove one of them")]
    [InlineData("Retry(3, On = [typeof(IDisposable), typeof(TimeoutException)])", "FG0605 step 'load' has On = [typeof(IDisposable)], which is no exception, expected exceptions; write it like On = [typeof(IOException)]")]
    [InlineData("Retry(3, Except = [typeof(Odd<>)])", "FG0605 step 'load' has Except = [typeof(Odd<>)], which is generic and names no type, expected exceptions; write it like Except = [typeof(IOException)]")]
    [InlineData("Timeout(\"0s\")", "FG0604 step 'load' has a timeout but no CancellationToken, so it cannot be told to stop; add a parameter 'CancellationToken cancel' and pass it on", "FG0603 step 'load' has [Timeout(\"0s\")], expected a duration of more than zero; write it like \"90s\", \"10m\" or \"1h30m\"")]
    [InlineData("Resources(Memory = \"4 g\")", "FG0607 step 'load' has Memory = \"4 g\", expected an amount from 1Mi to 1Pi with a suffix such as Mi, Gi, M or G; write \"4Gi\"")]
    [InlineData("Resources(Memory = \"4096\")", "FG0607 step 'load' has Memory = \"4096\", expected an amount from 1Mi to 1Pi with a suffix such as Mi, Gi, M or G; write it like \"512Mi\" or \"4Gi\"")]
    [InlineData("Resources(Disk = \"2Pi\")", "FG0607 step 'load' has Disk = \"2Pi\", expected an amount from 1Mi to 1Pi with a suffix such as Mi, Gi, M or G; write it like \"512Mi\" or \"4Gi\"")]
    [InlineData("Resources(Cpu = 0)", "FG0608 step 'load' has Cpu = 0, expected more than 0 and at most 1024 cores; write it like Cpu = 2 or Cpu = 0.5")]
    [InlineData("Resources(Cpu = double.NaN)", "FG0608 step 'load' has Cpu = NaN, expected more than 0 and at most 1024 cores; write it like Cpu = 2 or Cpu = 0.5")]
    [InlineData("Resources(Gpu = 65)", "FG0608 step 'load' has Gpu = 65, expected 1 to 64 graphics processors; write it like Gpu = 1, or leave it out for none")]
    [InlineData("Resources(Gpu = 0)", "FG0608 step 'load' has Gpu = 0, expected 1 to 64 graphics processors; write it like Gpu = 1, or leave it out for none")]
    [InlineData("Resources(OnOutOfMemory = \"x2 up to 8Gi\")", "FG0609 step 'load' has OnOutOfMemory = \"x2 up to 8Gi\", but no Memory that could grow; write it like Memory = \"4Gi\", OnOutOfMemory = \"x2 up to 64Gi\"")]
    [InlineData("Resources(Memory = \"8Gi\", OnOutOfMemory = \"x2 up to 8Gi\")", "FG0609 step 'load' has OnOutOfMemory = \"x2 up to 8Gi\", but its Memory is no less than that; write it like Memory = \"4Gi\", OnOutOfMemory = \"x2 up to 64Gi\"")]
    [InlineData("Resources(Memory = \"8Gi\", OnOutOfMemory = \"x1\")", "FG0609 step 'load' has OnOutOfMemory = \"x1\", expected a factor of more than 1 and at most 16 and a limit; write it like Memory = \"4Gi\", OnOutOfMemory = \"x2 up to 64Gi\"")]
    [InlineData("Environment(\"\", \"x\")", "FG0611 step 'load' has [Environment(\"\", ...)], expected a name of letters, digits and underscores that does not start with a digit; write it like [Environment(\"OMP_NUM_THREADS\", \"1\")]")]
    [InlineData("Environment(\"X\", \"a\\0b\")", "FG0611 step 'load' has [Environment(\"X\", ...)], but its value has a zero character, which no environment can hold; write it like [Environment(\"OMP_NUM_THREADS\", \"1\")]")]
    [InlineData("RateLimit(0, \"1m\")", "FG0613 step 'load' has [RateLimit(0, \"1m\")], expected 1 to 1,000,000 starts in a duration of more than zero; write it like [RateLimit(300, \"1m\")]")]
    [InlineData("Gang(2000)", "FG0616 step 'load' has [Gang(2000)], expected 2 to 1024 invocations; write it like [Gang(4)]")]
    [InlineData("Inline, Environment(\"A\", \"b\")", "FG0617 step 'load' has [Inline], which keeps it in the driver's process, and [Environment], which gives it a process of its own; remove one of them")]
    [InlineData("Inline, Resources(Gpu = 1)", "FG0617 step 'load' has [Inline], which keeps it in the driver's process, and [Resources], which asks for a graphics processor that the driver need not have; remove one of them")]
    [InlineData("Inline, Gang(2)", "FG0617 step 'load' has [Inline], which keeps it in the driver's process, and [Gang], which runs it on several machines; remove one of them")]
    public async Task Policy_WithABadValue_IsToldInTheseWords(string attributes, params string[] expected) => Assert.Equal(expected, await TellAsync(OfStep(attributes)));

    [Theory]
    [InlineData("Retry(100, Backoff = \"10m\")")]
    [InlineData("Retry(1, Backoff = \"20m\", MaxBackoff = \"1d\")")]
    [InlineData("Retry(1, On = [typeof(Exception)], Except = [typeof(ArgumentException), typeof(Odd<int>), typeof(Own)])")]
    [InlineData("Retry(1, On = new[] { typeof(System.IO.IOException), typeof(System.IO.FileNotFoundException) })")]
    [InlineData("Timeout(\"1h30m\"), Isolated")]
    [InlineData("Timeout(\"1h30m\"), Environment(\"A\", \"\")")]
    [InlineData("Resources(Cpu = 0.5, Memory = \"1.5G\", Gpu = 64, Disk = \"1Pi\", OnOutOfMemory = \"x1.5\")")]
    [InlineData("Environment(\"_a1\", \"=\"), Environment(\"_A1\", \"x\"), Gang(2), Isolated")]
    [InlineData("RateLimit(1000000, \"1d\"), Cache, Inline")]
    public async Task Policy_WithAGoodValue_IsTaken(string attributes) => Assert.Empty(await TellAsync(OfStep(attributes)));

    [Theory]
    [InlineData("Schedule(\"* * * *\")", "FG0620 flow 'F' has [Schedule(\"* * * *\")], expected minute, hour, day of the month, month and day of the week (4 fields found); write it like \"0 3 * * *\" for every day at three")]
    [InlineData("Schedule(\"\")", "FG0620 flow 'F' has [Schedule(\"\")], expected minute, hour, day of the month, month and day of the week (0 fields found); write it like \"0 3 * * *\" for every day at three")]
    [InlineData("Schedule(\"0 3 * * MONN\")", "FG0620 flow 'F' has [Schedule(\"0 3 * * MONN\")], expected minute, hour, day of the month, month and day of the week (Days of week: Unexpected character 'N'); write it like \"0 3 * * *\" for every day at three")]
    [InlineData("Schedule(\"@never\")", "FG0620 flow 'F' has [Schedule(\"@never\")], expected minute, hour, day of the month, month and day of the week (Macro: Unexpected character 'n' on position 1); write it like \"0 3 * * *\" for every day at three")]
    [InlineData("Schedule(\"0 3 * * *\", TimeZone = \"Berlin\")", "FG0621 flow 'F' has TimeZone = \"Berlin\", which is no time zone of IANA or Windows; did you mean 'Europe/Berlin'?")]
    [InlineData("Schedule(\"0 3 * * *\", TimeZone = \"europe/berlin\")", "FG0621 flow 'F' has TimeZone = \"europe/berlin\", which is no time zone of IANA or Windows; did you mean 'Europe/Berlin'?")]
    [InlineData("Schedule(\"0 3 * * *\", TimeZone = \"Mars\")", "FG0621 flow 'F' has TimeZone = \"Mars\", which is no time zone of IANA or Windows; write it like \"Europe/Berlin\" or \"UTC\"")]
    [InlineData("TriggerOnFinish(typeof(F))", "FG0625 flow 'F' has [TriggerOnFinish(typeof(F))], but 'F' is the flow itself, which would never stop; name the class of another flow")]
    [InlineData("TriggerOnFinish(typeof(Other)), TriggerOnFinish(typeof(Other))", "FG0627 flow 'F' is triggered twice by flow 'second'; remove one of them")]
    [InlineData("Project(\"ChurnModels\")", "FG0626 flow 'F' has [Project(\"ChurnModels\")], expected lower-case letters, digits and single hyphens, at most 60, starting with a letter; write [Project(\"churn-models\")]")]
    [InlineData("Trigger(\"\")", "FG0624 flow 'F' has [Trigger(\"\")], expected letters, digits, '.', '-', '_' and '/', starting with a letter or digit, at most 100; write it like [Trigger(\"data/arrived\")]")]
    public async Task FlowPolicy_WithABadValue_IsToldInTheseWords(string attributes, params string[] expected) => Assert.Equal(expected, await TellAsync(OfFlow(attributes)));

    [Theory]
    [InlineData("Schedule(\"*/5 8-17 * * MON-FRI\", TimeZone = \"W. Europe Standard Time\"), Schedule(\"@daily\")")]
    [InlineData("Schedule(\"0 0 29 2 *\", TimeZone = \"America/Argentina/Buenos_Aires\"), Schedule(\"0 0 L * *\", TimeZone = \"UTC\")")]
    [InlineData("Trigger(\"a\"), Trigger(\"A.b-c_d/e\"), TriggerOnFinish(typeof(Other)), Project(\"churn\")")]
    public async Task FlowPolicy_WithAGoodValue_IsTaken(string attributes) => Assert.Empty(await TellAsync(OfFlow(attributes)));

    [Theory]
    [InlineData("[Finally] public int End(RunOutcome outcome) => 1;", "FG0628 method 'End' has [Finally], but returns 'int'; return nothing, or a Task")]
    [InlineData("[Finally] public async void End(RunOutcome outcome) => await Task.Yield();", "FG0628 method 'End' has [Finally], but returns 'void'; return nothing, or a Task")]
    [InlineData("[Finally] public Task<int> End(RunOutcome outcome) => null!;", "FG0628 method 'End' has [Finally], but returns 'Task<int>'; return nothing, or a Task")]
    [InlineData("[Finally] public void End(ILogger log) { }", "FG0628 method 'End' has [Finally], but does not take the outcome; add a parameter 'RunOutcome outcome'")]
    [InlineData("[Finally] public void End(in RunOutcome outcome) { }", "FG0628 method 'End' has [Finally], but takes 'outcome', which is no RunOutcome, ILogger or CancellationToken; remove it")]
    [InlineData("[Finally] public void End<T>(RunOutcome outcome) { }", "FG0628 method 'End' has [Finally], but is no ordinary method; make it one without type parameters")]
    [InlineData("[Step, Finally] public void End() { }", "FG0628 method 'End' has [Finally], but is a step too; remove one of the two")]
    [InlineData("[Finally, Retry(3)] public void End(RunOutcome outcome) { }", "FG0120 [Retry] on 'End' has no effect because 'End' is called at the end of a run and is no step; remove it")]
    public async Task Finally_ThatCannotBeCalled_IsToldInTheseWords(string member, params string[] expected) =>
        Assert.Equal(expected, await TellAsync($"[Flow] public partial class F {{ [Step] public int Load() => 1; {member} }}"));

    [Theory]
    [InlineData("[Gang(2)] public void Work() { }", "FG0120 [Gang] on 'Work' has no effect because 'Work' is no step; add [Step] to 'Work', or remove it")]
    [InlineData("[Finally] public void End(RunOutcome outcome) { }", "FG0120 [Finally] on 'End' has no effect because 'C' is no flow; mark 'C' with [Flow], or make it abstract for flows to derive from")]
    public async Task Policy_InAClassThatIsNoFlow_IsTold(string member, string expected) =>
        Assert.Equal([expected], await TellAsync($"public class C {{ {member} }}"));

    [Fact]
    public async Task FlowPolicy_OnAClassThatIsNoFlow_IsTold() =>
        Assert.Equal(["FG0120 [Schedule] on 'C' has no effect because 'C' is no flow; mark 'C' with [Flow], or remove it"], await TellAsync("[Schedule(\"@daily\")] public class C;"));

    private const string Types = """
        public class Odd<T> : Exception;
        [Flow("second")] public partial class Other { [Step] public int A() => 1; }
        """;

    private static string OfStep(string attributes) => $"[Flow] public partial class F {{ class Own : Exception; [Step, {attributes}] public int Load() => 1; }} {Types}";

    private static string OfFlow(string attributes) => $"[Flow, {attributes}] public partial class F {{ [Step] public int Load() => 1; }} {Types}";

    private static async Task<List<string>> TellAsync(string source)
    {
        var compiled = Compiler.Compile(source);
        return [.. compiled.All.Concat(await Compiler.AnalyzeAsync(compiled.Output)).Select(problem => $"{problem.Id} {problem.GetMessage()}")];
    }
}
