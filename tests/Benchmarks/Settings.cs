namespace Benchmarks;

/// <summary>How much to measure. The defaults are the sizes of the bars; <c>--quick</c> only shows that everything works.</summary>
internal sealed record Settings
{
    public int Rounds { get; init; } = 5;

    /// <summary>Tasks of the scheduler alone.</summary>
    public int CoreTasks { get; init; } = 1_000_000;

    /// <summary>Tasks of the foreach in memory.</summary>
    public int Tasks { get; init; } = 200_000;

    /// <summary>Tasks of the durable foreach.</summary>
    public int DurableTasks { get; init; } = 10_000;

    /// <summary>Tasks of the longest run.</summary>
    public int ManyTasks { get; init; } = 1_000_000;

    /// <summary>Tasks of the foreach that is sent to engines.</summary>
    public int EngineTasks { get; init; } = 2_000;

    /// <summary>Size of the big artifact in bytes.</summary>
    public long ArtifactBytes { get; init; } = 1L << 30;

    /// <summary>Rows of the lists that are stored column by column.</summary>
    public int Rows { get; init; } = 200_000;

    /// <summary>Size of the blob in S3 in bytes.</summary>
    public int S3Bytes { get; init; } = 64 << 20;

    /// <summary>Small objects in S3.</summary>
    public int S3Objects { get; init; } = 10_000;

    /// <summary>Steps of the generated flows.</summary>
    public int[] Steps { get; init; } = [10, 100, 500];

    /// <summary>Where the programs to start are, as <c>build/bench.sh</c> lays them out; without it nothing is started.</summary>
    public string? Programs { get; init; }

    /// <summary>The one group to run.</summary>
    public string? Only { get; init; }

    /// <summary>Folder on the disk that is measured.</summary>
    public string Folder { get; init; } = Path.Combine(Environment.CurrentDirectory, "artifacts", "bench", "data");

    public static Settings? Parse(string[] args)
    {
        var settings = new Settings();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                settings = settings with { Rounds = 1, CoreTasks = 10_000, Tasks = 1_000, DurableTasks = 200, ManyTasks = 10_000, EngineTasks = 100, ArtifactBytes = 32 << 20, Rows = 2_000, S3Bytes = 16 << 20, S3Objects = 200, Steps = [10] };
                continue;
            }
            if (i + 1 == args.Length) return Usage(args[i]);
            var value = args[++i];
            switch (args[i - 1])
            {
                case "--rounds" when int.TryParse(value, out var rounds) && rounds > 0: settings = settings with { Rounds = rounds }; break;
                case "--bytes" when long.TryParse(value, out var bytes) && bytes > 0: settings = settings with { ArtifactBytes = bytes }; break;
                case "--programs": settings = settings with { Programs = value }; break;
                case "--only": settings = settings with { Only = value }; break;
                case "--folder": settings = settings with { Folder = Path.GetFullPath(value) }; break;
                default: return Usage(args[i - 1]);
            }
        }
        return settings;
    }

    private static Settings? Usage(string option)
    {
        Console.Error.WriteLine($"error: option '{option}' is unknown or has no good value; use --quick, --rounds N, --bytes N, --programs DIR, --folder DIR, --only scheduler|long|start|blobs|artifacts|tables|s3|engines|generator");
        return null;
    }
}
