namespace FlowGen.Runs;

/// <summary>
/// Folds a run's log, slot by slot, into what is true of the run. Of all outcomes of a task the first stands. A log that contradicts itself (another order of epochs,
/// a task that cannot be) was not written by a driver: <see cref="FormatException"/>. Tasks are folded by <see cref="FlowFold"/>.
/// </summary>
internal sealed class RunFold
{
    private FlowFold? _flow;
    private CodeDescribed? _code;

    public RunManifest? Manifest { get; private set; }
    public EpochStarted? Epoch { get; private set; }

    /// <summary>Random id of the current driver.</summary>
    public Guid Writer { get; private set; }

    /// <summary>Slot in which the current driver took the run over.</summary>
    public int EpochSlot { get; private set; }
    public RunFinished? End { get; private set; }

    /// <summary>The engine that its steps are sent to; <c>null</c> if the driver runs them.</summary>
    public RunSubmitted? Submission { get; private set; }

    /// <summary>Whether its last driver has handed it over.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Number of slots folded: the first missing one.</summary>
    public int Slots { get; private set; }

    /// <summary>What is known of more than a single task. With <see cref="Rows"/> and the ends of the run, all that a state is made of.</summary>
    public IEnumerable<RunRecord> Facts => new RunRecord?[] { _code, Submission }.OfType<RunRecord>().Concat(_flow!.Facts);

    /// <summary>The tasks that something is known of, in order.</summary>
    public IEnumerable<IndexRow> Rows => _flow!.Rows;

    public void Add(LogSlot slot)
    {
        if (slot.Number != Slots) throw new FormatException($"it is slot {slot.Number}");
        if (End is not null) throw new FormatException("it follows the final record");
        var isEpoch = slot.Records is [EpochStarted, ..] or [RunRegistered, EpochStarted, ..];
        if (Slots == 0 != slot.Records is [RunRegistered, EpochStarted { Epoch: 0 }, ..]) throw new FormatException("the registration of the run is not in slot 0");
        if (isEpoch) Writer = slot.Writer;
        else if (slot.Writer != Writer || slot.Epoch != Epoch!.Epoch) throw new FormatException("it was not written by the driver that owned the run");
        foreach (var record in slot.Records) Add(record, slot.Epoch);
        Slots++;
    }

    /// <summary>Takes only the registration from slot 0: an index says the rest.</summary>
    public void AddFirst(LogSlot slot) => Add(slot.Records.Length > 2 ? slot with { Records = slot.Records[..2] } : slot);

    /// <summary>Adds what a part of an index says.</summary>
    public void Add(IndexPart part)
    {
        foreach (var fact in part.Facts)
        {
            if (fact is CodeDescribed code) _code ??= code;
            else if (fact is RunSubmitted submission) Submission ??= submission;
            else _flow!.Add(fact, isRow: true);
        }

        foreach (var row in part.Rows) _flow!.Add(row);
    }

    /// <summary>Takes the end from an index, instead of from the slots that it covers.</summary>
    public void Close(int slots, RunFinished end) => (Slots, End) = (slots, end);

    public RunState Build(RunStatus openStatus) => Build(Manifest!, openStatus);

    /// <param name="manifest">The manifest with the tags of today.</param>
    /// <param name="openStatus">The status unless the log has a final record.</param>
    public RunState Build(RunManifest manifest, RunStatus openStatus)
    {
        var status = End?.Status ?? openStatus;
        return _flow!.Fill(new RunState
        {
            Manifest = manifest,
            Status = status,
            Finished = End?.Finished,
            Duration = End?.Duration,
            Reason = End?.Reason,
            Code = _code?.Text,
            Submission = Submission,
            IsReleased = IsReleased,
        }, stopped: status != RunStatus.Running);
    }

    private void Add(RunRecord record, int epoch)
    {
        switch (record)
        {
            case EpochStarted r:
                if (r.Epoch != epoch || r.Epoch != (Epoch is null ? 0 : Epoch.Epoch + 1)) throw new FormatException("an epoch does not follow the one before it");
                (Epoch, EpochSlot) = (r, Slots);
                _flow?.StopAttempts(wasLost: !IsReleased);
                IsReleased = false;
                break;
            case RunRegistered r:
                if (Manifest is not null) throw new FormatException("the run is registered twice");
                Manifest = r.Manifest;
                _flow = new FlowFold(r.Manifest.Graph, outer: null);
                break;
            case CodeDescribed r:
                _code ??= r;
                break;
            case RunSubmitted r:
                Submission ??= r;
                break;
            case RunReleased:
                IsReleased = true;
                break;
            case RunFinished r:
                End = r;
                break;
            default:
                _flow!.Add(record);
                break;
        }
    }
}
