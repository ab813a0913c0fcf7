namespace FlowGen.CompilerServices;

/// <summary>JSON that people wrote is not what was expected.</summary>
/// <remarks>While the exception leaves the readers, each adds the member or index it was at, so that the message begins with the path to the value.</remarks>
internal sealed class JsonInputException(long offset, string message) : FormatException(message)
{
    private readonly List<string> _path = [];

    /// <summary>Where it is, in bytes from the start.</summary>
    public long Offset { get; } = offset;

    /// <summary>From the value that was read to the one that is wrong, such as <c>[2].trees</c>; empty for the value itself.</summary>
    public string Path => string.Concat(Enumerable.Reverse(_path)).TrimStart('.');

    public override string Message => _path.Count == 0 ? base.Message : $"{Path}: {base.Message}";

    /// <summary>Exception filter: notes a member and returns <c>false</c>.</summary>
    public bool AtMember(string name)
    {
        _path.Add("." + name);
        return false;
    }

    /// <summary>Exception filter: notes an index and returns <c>false</c>.</summary>
    public bool AtIndex(int index)
    {
        _path.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]"));
        return false;
    }
}
