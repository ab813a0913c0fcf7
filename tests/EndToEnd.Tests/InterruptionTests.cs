namespace EndToEnd.Tests;

/// <summary>Whatever stops a run, resume continues it and ends with the artifacts of an undisturbed run.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly FlowProgram _program = new();
    private readonly FlowProgram _undisturbed = new();

    private string Gate => Path.Combine(_program.Directory, "gate");

    public void Dispose()
    {
        _program.Dispose();
        _undisturbed.Dispose();
    }

    [Theory]
    [InlineData(FlowProgram.Started.Interrupt, "cancelled", 130), InlineData(FlowProgram.Started.Terminate, "cancelled", 130), InlineData(FlowProgram.Started.Kill, "interrupted", 137)]
    public async Task Resume_AfterASignalHalfWay_GivesTheSameArtifacts(int signal, string status, int exitCode)
    {
        using (var run = StartHeld())
        {
            await run.SeesAsync("square[2]  done");
            run.Signal(signal);
            (await run.EndAsync()).With(exitCode);
        }

        Assert.Equal(status, (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("status").GetString());
        await File.WriteAllTextAsync(Gate, "");
        var resumed = (await _program.RunAsync("resume")).With(0);

        Assert.Contains("square[1]  reused", resumed.Out, StringComparison.Ordinal);
        (await _undisturbed.RunAsync("run", "squares", "--count", "8", "--quiet")).With(0);
        var expected = await HashesAsync(_undisturbed);
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected, await HashesAsync(_program));
    }

    [Fact]
    public async Task Interrupt_Twice_EndsAtOnce()
    {
        using var run = StartHeld();
        await run.SeesAsync("square[2]  done");

        run.Signal(FlowProgram.Started.Interrupt);
        run.Signal(FlowProgram.Started.Interrupt);

        (await run.EndAsync()).With(130);
    }

    [Fact]
    public async Task Resume_ByTwoPrograms_IsDoneByOne()
    {
        using (var run = StartHeld())
        {
            await run.SeesAsync("square[2]  done");
            run.Signal(FlowProgram.Started.Kill);
            await run.EndAsync();
        }

        using var first = _program.Start("resume");
        using var second = _program.Start("resume");
        var (one, other) = (first.EndAsync(), second.EndAsync());

        // The gate is closed, so only the program that is refused can end.
        var refused = await (await Task.WhenAny(one, other));
        Assert.Matches("^error FG12[0-9]{2}: [^\n]+\n$", refused.With(2).Error);

        await File.WriteAllTextAsync(Gate, "");
        await Task.WhenAll(one, other);
        Assert.Equal([0, 2], new[] { (await one).ExitCode, (await other).ExitCode }.Order());
        Assert.Equal("succeeded", (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("status").GetString());
    }

    /// <summary>A laptop is closed, or a machine is cut off, for longer than anybody waits: when the driver is back somebody else has its run.</summary>
    [Fact]
    public async Task Resume_OfADriverThatSleeps_TakesItsPlaceAndItIsFenced()
    {
        _program.Variables["FLOWGEN_HEARTBEAT_LIMIT"] = "2s";
        using var sleeper = StartHeld();
        await sleeper.SeesAsync("square[2]  done");
        // What is done is recorded, and heard of, before it falls asleep.
        await UntilAsync(status => status.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("status").GetString() == "succeeded") == 4);
        sleeper.Signal(FlowProgram.Started.Stop);
        var run = (await UntilAsync(status => status.GetProperty("status").GetString() == "interrupted")).GetProperty("run").GetString()!;

        using var resumed = _program.Start("resume");
        await resumed.SeesAsync("square[1]  reused");
        sleeper.Signal(FlowProgram.Started.Continue);
        await File.WriteAllTextAsync(Gate, "");

        (await resumed.EndAsync()).With(0);
        Assert.Matches("error FG1112: Another process has taken over the run ", (await sleeper.EndAsync()).With(4).Error);
        var left = (await _program.RunAsync("status", run, "--json")).With(0).Json;
        Assert.Equal(("cancelled", 4), (left.GetProperty("status").GetString(), left.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("status").GetString() == "succeeded")));
        (await _undisturbed.RunAsync("run", "squares", "--count", "8", "--quiet")).With(0);
        Assert.Equal(await HashesAsync(_undisturbed), await HashesAsync(_program));

        async Task<System.Text.Json.JsonElement> UntilAsync(Func<System.Text.Json.JsonElement, bool> condition)
        {
            using var patience = new CancellationTokenSource(_program.Deadline);
            while (true)
            {
                if ((await _program.RunAsync("status", "--json")).With(0).Json is var status && condition(status)) return status;
                patience.Token.ThrowIfCancellationRequested();
            }
        }
    }

    [Fact]
    public async Task Resume_OfARunThatIsGoing_IsRefused()
    {
        using var run = StartHeld();
        await run.SeesAsync("square[2]  done");

        Assert.Equal("running", (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("status").GetString());
        Assert.Matches("^error FG12[0-9]{2}: [^\n]*--fork[^\n]*\n$", (await _program.RunAsync("resume")).With(2).Error);

        await File.WriteAllTextAsync(Gate, "");
        (await run.EndAsync()).With(0);
    }

    private FlowProgram.Started StartHeld() => _program.Start("run", "squares", "--count", "8", "--gate", Gate, "--max-parallel", "4");

    private static async Task<SortedDictionary<string, string>> HashesAsync(FlowProgram program) => new(
        (await program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray()
            .ToDictionary(artifact => artifact.GetProperty("task").GetString()!, artifact => artifact.GetProperty("hash").GetString()!), StringComparer.Ordinal);
}
