using FlowGen.Executing.Isolation;
using Microsoft.Extensions.Time.Testing;

namespace Runtime.Tests.Executing.Isolation;

public sealed class WorkerProcessTests
{
    /// <summary>Driver and worker may be killed one just before the other: then nobody would ever end the worker.</summary>
    [Fact]
    public async Task Connect_DriverThatIsGone_GivesUp()
    {
        var time = new FakeTimeProvider();
        var connecting = WorkerProcess.ConnectAsync($"flowgen-{Guid.NewGuid():N}", time);
        Assert.False(connecting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await connecting.WaitAsync(TimeSpan.FromMinutes(1)));
    }
}
