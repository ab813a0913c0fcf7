using FlowGen;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Flows;

/// <summary>One for the process.</summary>
public sealed class Ledger
{
    private int _last;

    public int Next() => Interlocked.Increment(ref _last);
}

/// <summary>One for each attempt; what it writes is in the log of that attempt.</summary>
public sealed class Visit(Ledger ledger, ILogger<Visit> log) : IAsyncDisposable
{
    private readonly int _number = ledger.Next();

    public string Greet(string name)
    {
        log.LogInformation("{Name} comes", name);
        return $"{name} is welcome as number {_number} of {Environment.ProcessId}";
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Console.WriteLine("and leaves");
    }
}

/// <summary>One for each process, opened by the first task that needs it.</summary>
public sealed class Guestbook(Ledger ledger, string title) : IDisposable
{
    public string Sign(string name) => $"{name} signs {title} {ledger.Next()} of {Environment.ProcessId}";

    public void Dispose() => Console.WriteLine($"the book {title} is closed");
}

/// <summary>Something that this program does not register.</summary>
public interface ICake;

/// <summary>Steps that take services, in the process of the run and in their own.</summary>
[Flow]
public partial class ServedFlow
{
    [Step] public string[] Names() => ["Ada", "Bo"];

    [Step] public string Here([ForEach(nameof(Names))] string name, [Service] Visit visit, [Service] ICake? cake) => visit.Greet(name) + (cake is null ? "" : " and gets cake");

    [Step, Isolated] public string Apart([ForEach(nameof(Names))] string name, [Service] Visit visit) => visit.Greet(name);
}

/// <summary>Steps that share one resource in each process.</summary>
[Flow]
public partial class GuestsFlow
{
    [Parameter] public string Title { get; init; } = "Gold";

    [PerWorker] public static async Task<Guestbook> BookAsync([Service] Ledger ledger, string title, ILogger log)
    {
        await Task.Yield();
        log.LogInformation("the book is opened");
        return new Guestbook(ledger, title);
    }

    [Step] public string[] Names() => ["Ada", "Bo", "Cy"];

    [Step] public string Here([ForEach(nameof(Names))] string name, Guestbook book) => book.Sign(name);

    [Step, Isolated] public string Apart([ForEach(nameof(Names))] string name, [From(nameof(BookAsync))] Guestbook guests) => guests.Sign(name);
}

/// <summary>A step that takes what nobody registers.</summary>
[Flow]
public partial class HungryFlow
{
    [Step] public void Eat([Service] ICake cake) => cake.ToString();
}
