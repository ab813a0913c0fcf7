namespace Generator.Tests.Usage;

/// <summary>FG0803, FG0807 and FG0808: threads, tasks and the process.</summary>
public class ThreadTests
{
    private const string Helpers = "static Task<int> Get() => Task.FromResult(1); static async Task Do() => await Task.Yield();";

    [Theory]
    [InlineData("return Get().Result;", "Get().Result")]
    [InlineData("return new ValueTask<int>(1).Result;", "new ValueTask<int>(1).Result")]
    [InlineData("Do().Wait(); return 1;", "Do().Wait()")]
    [InlineData("return Get().GetAwaiter().GetResult();", "Get().GetAwaiter().GetResult()")]
    [InlineData("return Get().ConfigureAwait(false).GetAwaiter().GetResult();", "Get().ConfigureAwait(false).GetAwaiter().GetResult()")]
    [InlineData("Task.WaitAll(Get(), Do()); return 1;", "Task.WaitAll(Get(), Do())")]
    public async Task Step_BlocksOnATask_IsTold(string code, string place) =>
        Assert.Equal(["FG0803 " + place], await Usage.PlacesAsync($"{Helpers} [Step] public int Load() {{ {code} }}"));

    [Theory]
    [InlineData("var task = Get(); await task; return task.Result;")]
    [InlineData("var (a, b) = (Get(), Get()); await Task.WhenAll(a, b); return a.Result + b.Result;")]
    [InlineData("var all = new[] { Get(), Get() }; await Task.WhenAll(all); return all.Select(one => one.Result).Sum();")]
    [InlineData("await Do(); return await Get();")]
    public async Task Step_ReadsAFinishedTask_IsFine(string code) =>
        Assert.Empty(await Usage.ToldAsync($"{Helpers} [Step] public async Task<int> Load() {{ {code} }}"));

    [Fact]
    public async Task Sleep_InAnAsyncStep_IsTold() =>
        Assert.Equal(["FG0803 Thread.Sleep(1)"], await Usage.PlacesAsync("[Step] public async Task<int> Load() { await Task.Yield(); Thread.Sleep(1); return 1; } [Step] public int Other() { Thread.Sleep(1); return 1; }"));

    [Fact]
    public async Task BlockingHelper_OfAStep_IsToldWithThePathAndTheEdit() =>
        Assert.Equal(["FG0803 Read: step 'load' blocks a thread with '.Result' (load -> Read), which then computes nothing for other tasks; make the step async and await the task instead"],
            await Usage.ToldAsync($"{Helpers} [Step] public int Load() => Tools.Read();", "static class Tools { public static int Read() => Task.FromResult(1).Result; }"));

    [Theory]
    [InlineData("public int Load() { Task.Run(() => { }); return 1; }", "FG0807 Task.Run(() => { })")]
    [InlineData("public int Load() { _ = Do(); return 1; }", "FG0807 Do()")]
    [InlineData("public async Task<int> Load() { _ = Do(); return await Get(); }", "FG0807 Do()")]
    [InlineData("public int Load() { var task = Do(); return 1; }", "FG0807 Do()")]
    [InlineData("public int Load() { ThreadPool.QueueUserWorkItem(_ => { }); return 1; }", "FG0807 ThreadPool.QueueUserWorkItem(_ => { })")]
    public async Task Step_LeavesWorkBehind_IsTold(string step, string told) => Assert.Equal([told], await Usage.PlacesAsync($"{Helpers} [Step] {step}"));

    [Theory]
    [InlineData("public async Task<int> Load() { var task = Do(); await task; return 1; }")]
    [InlineData("public Task Load() { return Do(); }")]
    [InlineData("public async Task Load() => await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Do()));")]
    public async Task Step_WaitsForItsWork_IsFine(string step) => Assert.Empty(await Usage.ToldAsync($"{Helpers} [Step] {step}"));

    [Theory]
    [InlineData("Environment.Exit(1);", "Environment.Exit(1)")]
    [InlineData("Environment.FailFast(\"no\");", "Environment.FailFast(\"no\")")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "System.Diagnostics.Process.GetCurrentProcess().Kill()")]
    [InlineData("var me = System.Diagnostics.Process.GetCurrentProcess(); me.Kill(true);", "me.Kill(true)")]
    public async Task Step_EndsTheProcess_IsTold(string code, string place) =>
        Assert.Equal(["FG0808 " + place], await Usage.PlacesAsync($"[Step] public int Load() {{ {code} return 1; }}"));

    [Fact]
    public async Task Step_EndsAProcessOfItsOwn_IsFine() =>
        Assert.Empty(await Usage.ToldAsync("[Step] public int Load() { using var tool = System.Diagnostics.Process.Start(\"tool\"); tool.Kill(); return 1; }"));
}
