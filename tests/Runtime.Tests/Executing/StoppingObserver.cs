namespace Runtime.Tests.Executing;

/// <summary>Stops the run when something is heard.</summary>
internal sealed class StoppingObserver(string at) : RecordingObserver
{
    public CancellationTokenSource? Stop { get; set; }

    protected override void Add(string text)
    {
        base.Add(text);
        if (text == at) Stop!.Cancel();
    }
}
