namespace EndToEnd.Tests;

/// <summary>Blobs through the real compiler and processes.</summary>
public class BlobTests
{
    private const long Limit = 256L << 20;

    [Fact]
    public async Task Blobs_InThisProcessAndInOthers_AreTheSameContent()
    {
        using var program = new FlowProgram();
        (await program.RunAsync("run", "vault", "--megabytes", "20")).With(0);

        var check = (await program.RunAsync("dump", "latest", "--artifact", "check", "--json")).With(0);
        Assert.Equal("3 notes, 4 copies", check.Json.GetProperty("artifacts")[0].GetProperty("value").GetString());
        var archive = (await program.RunAsync("dump", "latest", "--artifact", "pack", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value");
        Assert.Equal(20L << 20, archive.GetProperty("Content").GetProperty("length").GetInt64());
        Assert.Equal(64, archive.GetProperty("Content").GetProperty("blob").GetString()!.Length);
        Assert.Equal(6, archive.GetProperty("Notes").GetProperty("short").GetProperty("length").GetInt32());
    }

    /// <summary>512 MiB; 4 GiB with <c>FLOWGEN_LONG=1</c>. A process whose heap may take 160 MiB could not even hold the former.</summary>
    [Fact]
    public async Task Blobs_MuchLargerThanMemory_AreWrittenAndReadInAFewChunks()
    {
        var megabytes = Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1" ? 4096 : 512;
        using var program = new FlowProgram { Deadline = TimeSpan.FromMinutes(20) };
        (await program.ShellAsync($"DOTNET_GCHeapHardLimit=0xA000000 $flows run vault --megabytes {megabytes}")).With(0);

        foreach (var step in new[] { "here", "there", "each[0]", "each[3]" })
        {
            var reading = (await program.RunAsync("dump", "latest", "--task", step, "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value");
            Assert.Equal((long)(step == "each[3]" ? megabytes + 8 : megabytes) << 20, reading.GetProperty("Bytes").GetInt64());
            Assert.InRange(reading.GetProperty("PeakKiB").GetInt64() << 10, 1, Limit);
            TestContext.Current.TestOutputHelper?.WriteLine($"{step}: {reading.GetProperty("PeakKiB").GetInt64() >> 10} MiB at most for {megabytes} MiB");
        }
    }
}
