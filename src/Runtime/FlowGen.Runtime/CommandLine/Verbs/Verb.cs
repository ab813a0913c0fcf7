namespace FlowGen.CommandLine;

/// <summary>One verb of the command line.</summary>
internal abstract class Verb
{
    public abstract string Name { get; }

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What help says beyond the options; empty or whole lines.</summary>
    public virtual string Remarks => "";

    /// <summary>Whether a program with several flows must be told which.</summary>
    public virtual bool NeedsFlow => false;

    /// <summary>Whether the parameters of the flow are options of it.</summary>
    public virtual bool TakesParameters => false;

    /// <summary>Options with which it is about something else than a run of a flow, so that neither a flow nor its parameters are needed.</summary>
    public virtual IReadOnlyList<string> Alone => [];

    /// <summary>Whether the verb takes the name of a run.</summary>
    public virtual bool TakesRun => false;

    /// <summary>How many arguments it takes that belong to no option.</summary>
    public virtual int Positionals => TakesRun ? 1 : 0;

    /// <summary>Those arguments as help shows them.</summary>
    public virtual string Usage => TakesRun ? "[RUN]" : "";

    /// <summary>The verb's own options.</summary>
    public abstract IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> ExecuteAsync(VerbCall call);

    public static IReadOnlyList<Verb> All { get; } = [new RunVerb(), new ResumeVerb(), new SubmitVerb(), new DeployVerb(), new CancelVerb(), new DriveVerb(), new ShowVerb(), new RunsVerb(), new StatusVerb(), new LogsVerb(), new DumpVerb(), new ExplainVerb(), new TagVerb(), new DiffVerb(), new CodeVerb(), new GetVerb(), new FindVerb(), new LineageVerb(), new ReplayVerb(), new RmVerb(), new GcVerb(), new DuVerb(), new FsckVerb()];
}
