using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Storage.Tests.S3;

/// <summary>What happens to a request on its way.</summary>
internal enum Trouble
{
    None,

    /// <summary>The connection breaks before the server sees the request.</summary>
    Reset,

    /// <summary>The server does what it is asked; its answer is lost.</summary>
    LostReply,

    /// <summary>Half of the server's answer arrives, then the connection breaks.</summary>
    PartialReply,

    /// <summary>Nothing ever comes back.</summary>
    Silence,
}

/// <summary>A request as the proxy sees it.</summary>
internal sealed record ProxiedRequest(string Method, string Path, string Head);

/// <summary>
/// Stands between a client and a server and makes trouble: for each request a test says what happens to it, or gives an answer in the server's place. Serves one request
/// a connection.
/// </summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly Uri _server;
    private readonly CancellationTokenSource _gone = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private TcpListener _listener;

    public FaultProxy(string? server)
    {
        _server = new Uri(server ?? "http://127.0.0.1:9");
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public ConcurrentQueue<ProxiedRequest> Requests { get; } = [];

    /// <summary>What happens to a request.</summary>
    public Func<ProxiedRequest, Trouble> Plan { get; set; } = static _ => Trouble.None;

    /// <summary>The answer to a request in the server's place: the status and the content; <c>null</c>: the server's own.</summary>
    public Func<ProxiedRequest, (string Status, string Content)?> Answer { get; set; } = static _ => null;

    /// <summary>From now on nobody listens, and what is under way breaks.</summary>
    public void Refuse()
    {
        _listener.Stop();
        foreach (var client in _open.Keys) Break(client);
    }

    /// <summary>Listens again.</summary>
    public void Accept()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose()
    {
        _gone.Cancel();
        Refuse();
        _gone.Dispose();
    }

    public static string Error(string code, string message = "") => $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId></Error>""";

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptSocketAsync(_gone.Token));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Refused or disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        _open[client] = true;
        try
        {
            await using var stream = new NetworkStream(client);
            if (await ReadHeadAsync(stream) is not { } head) return;
            var request = new ProxiedRequest(head.Split(' ')[0], head.Split(' ')[1], head);
            if (head.Contains("100-continue", StringComparison.OrdinalIgnoreCase)) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _gone.Token);
            var body = new byte[Length(head)];
            await stream.ReadExactlyAsync(body, _gone.Token);
            Requests.Enqueue(request);

            var trouble = Plan(request);
            if (trouble == Trouble.Silence) await Task.Delay(Timeout.Infinite, _gone.Token);
            if (trouble == Trouble.Reset)
            {
                Break(client);
                return;
            }
            var reply = Answer(request) is var (status, content)
                ? Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {(content.StartsWith("<html", StringComparison.Ordinal) ? "text/html; charset=utf-8" : "application/xml")}\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\nConnection: close\r\n\r\n" + (request.Method == "HEAD" ? "" : content))
                : await ForwardAsync(head, body);
            if (trouble == Trouble.LostReply)
            {
                Break(client);
                return;
            }
            await stream.WriteAsync(trouble == Trouble.PartialReply ? reply.AsMemory(0, Headed(reply) + (reply.Length - Headed(reply)) / 2) : reply, _gone.Token);
            if (trouble == Trouble.PartialReply) await stream.FlushAsync(_gone.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two went away.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task<byte[]> ForwardAsync(string head, byte[] body)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(_server.Host, _server.Port, _gone.Token);
        var stream = server.GetStream();
        var lines = head.Split("\r\n").Where(line => !line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && line.Length > 0);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\nConnection: close\r\n\r\n"), _gone.Token);
        await stream.WriteAsync(body, _gone.Token);
        using var reply = new MemoryStream();
        await stream.CopyToAsync(reply, _gone.Token);
        return reply.ToArray();
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (await stream.ReadAsync(one, _gone.Token) == 0) return null;
            if (head.Length == 0 && !char.IsAsciiLetter((char)one[0]))
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _gone.Token); // somebody speaks TLS
                return null;
            }
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    private static int Length(string head) => head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
        ? int.Parse(line.AsSpan(15), CultureInfo.InvariantCulture)
        : 0;

    private static int Headed(byte[] reply) => reply.AsSpan().IndexOf("\r\n\r\n"u8) + 4;

    /// <summary>Ends a connection so that the other side gets an error, not an end.</summary>
    private static void Break(Socket client)
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }
}
