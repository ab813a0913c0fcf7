using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Engines;

namespace FlowGen.Argo.Turns;

/// <summary>A slice in the list that a plan makes: its name, and what its pod needs that is not the same for all of the step.</summary>
internal static class SliceItem
{
    public const string Slice = "slice", Memory = "memory", Seconds = "seconds";

    public static JsonObject Of(JobRequest job)
    {
        var item = new JsonObject { [Slice] = job.Arguments[3] };
        if (job.Resources.Memory > 0) item[Memory] = job.Resources.Memory.ToString(CultureInfo.InvariantCulture);
        if (job.TimeLimit is { } limit) item[Seconds] = Math.Ceiling(limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return item;
    }
}
