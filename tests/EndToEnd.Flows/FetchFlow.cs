#pragma warning disable FG0806 // It leaks its secret on purpose: the runtime must mask it.
using System.ComponentModel.DataAnnotations;
using FlowGen;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Flows;

/// <summary>Logs in and fetches pages, as its settings say.</summary>
[Flow]
public partial class FetchFlow
{
    /// <summary>Key of the service.</summary>
    [Parameter] public required Secret<string> ApiKey { get; init; }

    /// <summary>What is fetched.</summary>
    [Parameter] public Page[] Pages { get; init; } = [new("home")];

    /// <summary>Share of lines that is kept.</summary>
    [Parameter, Range(0.05, 0.5)] public double Share { get; init; } = 0.2;

    [Step]
    public string Fetch([ForEach(nameof(Pages))] Page page, ILogger logger)
    {
        logger.LogInformation("{Page} with {Key}", page, ApiKey.Reveal());
        Console.Write("key ");
        Console.WriteLine(ApiKey.Reveal());
        return page.Depth > 9 ? throw new InvalidOperationException($"{ApiKey.Reveal()} may not go that deep") : $"{page.Name} {page.Depth} {Share}";
    }
}

/// <summary>A page.</summary>
public sealed record Page(string Name, int Depth = 1);
