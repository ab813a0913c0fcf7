using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Waits out a store that cannot be reached (H11): an outage is never a task's failure. Pauses grow from 0.2 s to 30 s and are jittered.</summary>
/// <param name="time">Clock of the pauses and the deadline.</param>
/// <param name="timeout">How long one operation may take.</param>
/// <param name="notice">Told once in each outage, and when it is over.</param>
internal sealed class StoreRetry(TimeProvider time, TimeSpan timeout, Action<string>? notice = null)
{
    public static TimeSpan DefaultTimeout => TimeSpan.FromHours(1);

    public TimeSpan Timeout { get; set; } = timeout;

    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> operation, CancellationToken cancel)
    {
        long? start = null;
        for (var pause = 200.0; ; pause = Math.Min(pause * 2, 30_000))
        {
            try
            {
                var result = await operation();
                if (start is not null) notice?.Invoke("The store can be reached again.");
                return result;
            }
            catch (StoreUnavailableException e)
            {
                if (start is null)
                {
                    start = time.GetTimestamp();
                    notice?.Invoke(e.Message + " It is tried again until it works; results are kept meanwhile.");
                }
                else if (time.GetElapsedTime(start.Value) > Timeout)
                {
                    throw new FlowException(e.Code, $"{e.Message} It was tried for {Duration.Show(Timeout)}. Once the store works again, resume the run.", StoreErrors.ExitCode, e);
                }
            }
            await Task.Delay(TimeSpan.FromMilliseconds(pause * (0.5 + Random.Shared.NextDouble())), time, cancel);
        }
    }
}
