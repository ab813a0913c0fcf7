namespace FlowGen.ML.Columns;

/// <summary>What a sparse vector leaves out.</summary>
internal static class Defaults
{
    /// <summary>Whether nothing is lost by leaving a value out; of a number -0 is not 0.</summary>
    public static bool Is<T>(T value)
    {
        if (typeof(T) == typeof(float)) return BitConverter.SingleToUInt32Bits((float)(object)value!) == 0;
        if (typeof(T) == typeof(double)) return BitConverter.DoubleToUInt64Bits((double)(object)value!) == 0;
        if (typeof(T) == typeof(ReadOnlyMemory<char>)) return ((ReadOnlyMemory<char>)(object)value!).IsEmpty;
        if (typeof(T) == typeof(DateTime)) return ((DateTime)(object)value!).ToBinary() == 0;
        return EqualityComparer<T>.Default.Equals(value, default);
    }
}
