using FlowGen.Runs;

namespace FlowGen.Storage;

/// <summary>
/// Tries whether a store keeps the one promise that everything rests on, before a machine first writes to it (C4): of two puts under one name the second is refused.
/// The object <c>machines/&lt;id&gt;</c> remembers that a machine has done so.
/// </summary>
internal static class StoreProbe
{
    public static async ValueTask RunAsync(IObjectStore objects, CancellationToken cancel)
    {
        var marker = $"machines/{ThisMachine.Id}";
        if (await objects.SizeAsync(marker, cancel) is not null) return;

        var key = $"probes/{Guid.NewGuid():n}";
        var (first, second) = (Envelope.Wrap(ObjectKind.Probe, Guid.NewGuid().ToByteArray()), Envelope.Wrap(ObjectKind.Probe, Guid.NewGuid().ToByteArray()));
        if (await objects.PutIfAbsentAsync(key, first, cancel) != PutOutcome.Stored) throw Unsuitable("refused an object under a new name");
        if (await objects.PutIfAbsentAsync(key, second, cancel) != PutOutcome.Exists) throw Unsuitable("let one object replace another");
        if (await objects.GetAsync(key, cancel) is not { } found || !ReadBack.IsOwn(found, first)) throw Unsuitable("did not give back what was put");
        var listed = false;
        await foreach (var o in objects.ListAsync("probes/", null, cancel)) listed |= o.Key == key;
        if (!listed) throw Unsuitable("does not list an object that is there");
        await objects.DeleteAsync(key, cancel);
        await objects.PutIfAbsentAsync(marker, Envelope.Wrap(ObjectKind.Probe, Guid.NewGuid().ToByteArray()), cancel);

        FlowException Unsuitable(string what) => new(StoreErrors.Unsuitable,
            $"The store {objects.Location} cannot be used safely: in a test it {what}. Choose another place, such as a local disk, NFS, or an S3 server with conditional writes.", StoreErrors.ExitCode);
    }
}
