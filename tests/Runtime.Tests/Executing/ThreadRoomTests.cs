using FlowGen.Executing;

namespace Runtime.Tests.Executing;

public class ThreadRoomTests
{
    [Fact]
    public void MakeFor_AnySlots_LeavesThreadsForTheLogAndNeverTakesAny()
    {
        ThreadRoom.MakeFor(10);
        ThreadPool.GetMinThreads(out var workers, out _);
        Assert.InRange(workers, 14, int.MaxValue);

        ThreadRoom.MakeFor(1);
        ThreadPool.GetMinThreads(out var after, out _);
        Assert.Equal(workers, after);

        ThreadRoom.MakeFor(100_000);
        ThreadPool.GetMinThreads(out var most, out _);
        Assert.InRange(most, 68, Math.Max(68, workers));
    }
}
