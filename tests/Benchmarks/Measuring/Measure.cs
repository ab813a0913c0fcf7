using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>Times several bodies side by side.</summary>
internal static class Measure
{
    /// <summary>Runs all bodies in turn, once to warm up and then <paramref name="rounds"/> times, so that a noisy minute hits them all; gives the median time of each.</summary>
    public static async Task<TimeSpan[]> MediansAsync(int rounds, params Body[] bodies)
    {
        var times = Array.ConvertAll(bodies, _ => new List<TimeSpan>());
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < bodies.Length; i++)
            {
                bodies[i].Prepare?.Invoke();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var start = Stopwatch.GetTimestamp();
                await bodies[i].Run();
                if (round >= 0) times[i].Add(Stopwatch.GetElapsedTime(start));
            }
        }
        return Array.ConvertAll(times, list => list.Order().ElementAt(list.Count / 2));
    }
}
