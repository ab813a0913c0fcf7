namespace FlowGen;

/// <summary>The place of one invocation among those that cooperate (<see cref="GangAttribute"/>).</summary>
/// <param name="Rank">Its number, from 0.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Address">Host and port at which rank 0 may listen and the others find it, such as <c>127.0.0.1:40213</c>. The port was free when the attempt started.</param>
public sealed record GangPlace(int Rank, int Size, string Address)
{
    /// <summary>The host of <see cref="Address"/>.</summary>
    public string Host => Address[..Address.LastIndexOf(':')];

    /// <summary>The port of <see cref="Address"/>.</summary>
    public int Port => int.Parse(Address.AsSpan(Address.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);
}
