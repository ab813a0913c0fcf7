namespace FlowGen.Build;

/// <summary>What an image needs beside a static program: whom it trusts, who it is, and where it may write.</summary>
public static class ScratchSystem
{
    /// <summary>Where the certificates are in the image.</summary>
    public const string CertificatesPath = "etc/ssl/certs/ca-certificates.crt";

    private static readonly string[] s_places = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>The certificates of this machine; <c>null</c> if there are none.</summary>
    public static string? FindCertificates() => s_places.FirstOrDefault(File.Exists);

    /// <summary>The files.</summary>
    /// <param name="certificates">The certificates.</param>
    public static IReadOnlyList<ImageEntry> Entries(string certificates) =>
    [
        ImageEntry.Text("etc/passwd", $"root:x:0:0:root:/:/\nflowgen:x:{ImageSettings.User}:{ImageSettings.User}:FlowGen:/tmp:/\n"),
        ImageEntry.Text("etc/group", $"root:x:0:\nflowgen:x:{ImageSettings.User}:\n"),
        // Names of hosts are looked up in files first, then by DNS: all that a static C library can do by itself.
        ImageEntry.Text("etc/nsswitch.conf", "hosts: files dns\n"),
        ImageEntry.File(CertificatesPath, certificates),
        ImageEntry.SharedFolder("tmp/"),
    ];
}
