namespace System;

/// <summary>Lets list patterns compile for .NET Standard 2.0.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
