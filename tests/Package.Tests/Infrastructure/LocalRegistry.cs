using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Package.Tests.Infrastructure;

/// <summary>A registry of images on this machine: Debian's package docker-registry.</summary>
internal sealed class LocalRegistry : IDisposable
{
    private readonly Process _process;

    private LocalRegistry(Process process, string host) => (_process, Host) = (process, host);

    /// <summary>Its name, with the port.</summary>
    public string Host { get; }

    public static async Task<LocalRegistry> StartAsync(string folder)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var host = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        var settings = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(settings, $"""
            version: 0.1
            storage:
              filesystem:
                rootdirectory: "{folder}/registry"
            http:
              addr: "{host}"
            """);
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnswersAsync(process, host);
        return new(process, host);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task AnswersAsync(Process process, string host)
    {
        using var http = new HttpClient();
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{host}/v2/"));
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && patience.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(20);
            }
        }
    }
}
