using System.Globalization;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// Names of slices, <c>epoch-number</c>: no two drivers of a run ever give the same. What belongs to a slice lies at <see cref="Key"/> and under <c>Proposals</c>; both belong to their run and go
/// with it.
/// </summary>
internal static class SliceName
{
    public static string Of(int epoch, int number) => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{number}");

    /// <summary>Name of its job: the same whenever this slice is meant (H4).</summary>
    public static string JobOf(RunKey run, string slice) => $"fg-{run.Id}-{slice}";

    /// <summary>Name of the job that drives a run.</summary>
    public static string DriverOf(RunKey run) => $"fg-{run.Id}-driver";

    /// <summary>Where it is told what its worker does.</summary>
    public static string Key(RunKey run, string slice) => $"{run.Prefix}slices/{slice}";

    /// <summary>Under which its workers propose results, each below a random id of its own.</summary>
    public static string Proposals(RunKey run, string slice) => $"{run.Prefix}proposals/{slice}/";

    public static string Proposals(RunKey run, string slice, Guid worker) => $"{run.Prefix}proposals/{slice}/{worker:n}/";

    public static string Read(ref MessagePackReader reader)
    {
        var name = Wire.ReadString(ref reader);
        return name.Length <= 40 && ObjectKey.IsSegment(name) ? name : throw new FormatException("the name of a slice is malformed");
    }
}
