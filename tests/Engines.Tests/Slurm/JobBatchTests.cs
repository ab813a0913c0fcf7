using System.Globalization;
using CsCheck;
using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

public class JobBatchTests
{
    private static readonly string Run = "squares/0123";

    [Fact]
    public void Of_Names_EachJobIsInOneBatchAndFoundByIndex() => Gen.Select(Gen.String["ab012-"], Gen.Int[0, 1200], Gen.Int[1, 3]).Array[0, 40].Sample(parts =>
    {
        var jobs = parts.Select(part => Job.Shell(Run, $"{part.Item1}s{part.Item2}-a{part.Item3}", "true")).DistinctBy(job => job.Name).ToList();

        var batches = JobBatch.Of(jobs, 1001).ToList();

        Assert.Equal(jobs.Select(job => job.Name).Order(), batches.SelectMany(batch => batch.Jobs).Select(member => member.Job.Name).Order());
        foreach (var batch in batches)
        {
            Assert.Equal(batch.Jobs.Count > 1, batch.IsArray);
            Assert.All(batch.Jobs, member => Assert.Equal(member.Job.Name, JobBatch.NameOf(batch.Name, member.Index.ToString(CultureInfo.InvariantCulture))));
            Assert.All(batch.Jobs, member => Assert.InRange(member.Index, 0, 1000));
            var indices = batch.Indices.Split(',').SelectMany(range => range.Split('-').Select(int.Parse).ToList() is [var from, var to] ? Enumerable.Range(from, to - from + 1) : [int.Parse(range, CultureInfo.InvariantCulture)]);
            if (batch.IsArray) Assert.Equal(batch.Jobs.Select(member => member.Index), indices);
        }
    });

    [Fact]
    public void Of_JobsThatDifferInMore_AreApart()
    {
        var job = Job.Shell(Run, "s1", "true");
        var batches = JobBatch.Of([job, job with { Name = job.Name[..^1] + "2", Resources = new() { Cpu = 2 } }, job with { Name = job.Name[..^1] + "3", Environment = [KeyValuePair.Create("A", "b")] }], 1001);
        Assert.Equal(3, batches.Count());
    }

    [Fact]
    public void Of_ArraysNotAllowed_AreApart() => Assert.Equal(2, JobBatch.Of([Job.Shell(Run, "s1", "true"), Job.Shell(Run, "s2", "true")], 0).Count());
}
