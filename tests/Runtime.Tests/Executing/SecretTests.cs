#pragma warning disable CA1848, CA1873 // Tests of what people write.
using System.Text;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Logging;

namespace Runtime.Tests.Executing;

public class SecretTests
{
    private const string Value = "open-sesame";

    private static FlowBuilder Flow(string value = Value) =>
        new FlowBuilder().Parameter<Secret<string>, SecretCodec<string>>("apiKey", ParameterParsers.Secret(ParameterParsers.String), new Secret<string>(value));

    [Fact]
    public async Task Secret_ThatAStepWritesInEveryWay_IsNowhere()
    {
        var run = new TestRun();
        var flow = Flow().Step("leak", "apiKey", frame =>
        {
            var key = frame.Value<Secret<string>>(0).Reveal();
            Console.Write("in pieces " + key[..4]);
            Console.WriteLine(key[4..]);
            Console.Error.Write("at the end " + key);
            frame.Logger.LogInformation("logged {Key}", key);
            frame.Logger.LogError(new IOException("cannot log in with " + key), "failed");
            frame.Context.Progress(0.5, "using " + key);
            throw new InvalidOperationException($"{key} is wrong", new IOException("inner " + key));
        }, [], retry: new RetryPolicy(1, TimeSpan.FromMilliseconds(1)));

        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Failed, status);
        var lines = (await run.LogsAsync(key))[new TaskAddress(0)].Select(line => line[25..]).ToList();
        Assert.Contains("in pieces ***", lines);
        Assert.Contains("at the end ***", lines);
        Assert.Contains("logged ***", lines);
        Assert.Contains("System.IO.IOException: cannot log in with ***", lines);
        var failed = (await run.RecordsAsync(key)).OfType<TaskFailed>().Single();
        Assert.Equal("*** is wrong", failed.Error.Message);
        Assert.Contains("inner ***", failed.Error.Stack!, StringComparison.Ordinal);
        Assert.Contains(run.Observer.Events, heard => heard.Contains("using ***", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Observer.Events, heard => heard.Contains(Value, StringComparison.Ordinal));
        await AssertNowhere(run.Store);
    }

    [Fact]
    public async Task Resume_WithASecret_ReadsItAgain()
    {
        var run = new TestRun();
        var fails = true;
        FlowBuilder Program(string value) => Flow(value)
            .Step("length", "apiKey", frame => frame.Set(0, frame.Value<Secret<string>>(0).Reveal().Length), FlowBuilder.Int("length"))
            .Step("use", "apiKey length", frame =>
            {
                if (fails) throw new IOException("expired");
                frame.Set(0, frame.Value<Secret<string>>(0).Reveal() == "new" && ((object[])frame.Flow)[0] is Secret<string> own && own.Reveal() == "new" ? 1 : 0);
            }, FlowBuilder.Int("use"));
        var (first, _) = await run.StartAsync(Program(Value));
        fails = false;

        var missing = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(Program("ignored"), resume: first));
        run.Variables["FLOWGEN_PARAM_API_KEY"] = "new";
        var (second, status) = await run.StartAsync(Program("ignored"), resume: first);

        Assert.Equal(("FG1014", 2), (missing.Code, missing.ExitCode));
        Assert.Equal("Secret apiKey is not recorded and is read again by each resume, but it is nowhere; give it in FLOWGEN_PARAM_API_KEY, in a file that FLOWGEN_PARAM_API_KEY_FILE names ('-' is standard input), or as user secret apiKey.", missing.Message);
        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal((11, 1), (await run.IntAsync(second, 0), await run.IntAsync(second, 1)));
        await AssertNowhere(run.Store);
    }

    /// <summary>Small objects are stored as they are, so their bytes can be searched.</summary>
    private static async Task AssertNowhere(IObjectStore store)
    {
        var bytes = Encoding.UTF8.GetBytes(Value);
        var seen = 0;
        await foreach (var found in store.ListAsync(""))
        {
            var content = await store.GetAsync(found.Key, CancellationToken.None);
            seen++;
            Assert.True(content!.AsSpan().IndexOf(bytes) < 0, $"{found.Key} holds the secret.");
        }

        Assert.True(seen > 1);
    }
}
