namespace FlowGen.Build;

/// <summary>How a worker is started in its image.</summary>
/// <param name="EntryPoint">The program.</param>
/// <param name="Architecture">The processor, as Go names it.</param>
/// <param name="Environment">Variables that are set.</param>
/// <param name="Labels">What the image says about itself.</param>
public sealed record ImageSettings(string EntryPoint, string Architecture, IReadOnlyList<(string Name, string Value)> Environment, IReadOnlyList<(string Name, string Value)> Labels)
{
    /// <summary>Folder of the program, in which it is started.</summary>
    public const string Folder = "app";

    /// <summary>Who runs the program: nobody that exists anywhere else. A number, since Kubernetes checks it before it knows the image's users.</summary>
    public const int User = 65532;
}
