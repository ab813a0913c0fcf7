namespace Generator.Tests.Fingerprints;

/// <summary>A program in which much binds without a visible name, in the files that the edits of <see cref="FingerprintTests"/> change.</summary>
internal static class EditProgram
{
    public const string Flow = """
        using Area = Shop.Geometry.Circle;
        namespace Shop;

        public abstract class BaseFlow
        {
            [Step] public int Load() => Seed() + 1;
            protected virtual int Seed() => 7;
            protected int Unused() => 3;
        }

        [Flow]
        public partial class EditFlow : BaseFlow
        {
            private static readonly int s_start = 4;
            private readonly int _offset = 5, _other = 6;
            private const int Factor = 2;

            [Parameter] public int Size { get; init; } = 10;
            [Parameter, Range(0, 100)] public int Depth { get; init; } = 3;

            protected override int Seed() => 8;

            [Step, Retry(2)] public int Scale(int load) { /* scales */ var scaled = load * Factor; return scaled + Size; }
            [Step] public static int[] Grid() => [1, 2, 3];
            [Step] public int Fit([ForEach(nameof(Grid))] int item) => Helper(item);
            [Step] public static double Measure(Point scale2, int load) => new Area(load).Surface + scale2.X;
            [Step(Makes = "scale2")] public static Point Shape(int load) => new(load, 1);
            [Step] public static int Add(Point scale2) => (scale2 + scale2).X;
            [Step] public static string Convert(Point scale2) { Name name = scale2; return name.Text; }
            [Step] public static int Sum(Point scale2) { var sum = 0; foreach (var x in new Walk(scale2)) sum += x; return sum; }
            [Step] public static async Task<int> Wait(Point scale2) => await new Pause(scale2.X);
            [Step] public static int Collect(Point scale2) => new Bag { scale2.X, 2 }.Count;
            [Step] public static int Split(Point scale2) { var (a, b) = new Pair(scale2.X); return a - b; }
            [Step] public static string Print(Point scale2) => Log.Write($"x is {scale2.X}");
            [Step] public static int Call(Point scale2) => Operate(new Doubler(), scale2.X);
            [Step] public static int Query(int[] grid) => (from x in new Source(grid) select x + 1).Count;
            [Step] public static int Close(int load) { using var scope = new Scope(); return load; }
            [Step] public static int Extend(int load) => load.Twice();
            [Step] public int Start() => s_start;
            [Step] public int Offset() => _offset;
            [Step, When(nameof(IsBig), true)] public static int Big(int load) => load;
            [Step] public static bool IsBig(int load) => load > 3;
            [Step, Loop(nameof(More), Max = 5)] public int Improve([Carry(nameof(Load))] int value) => value + 1;
            [Step] public static int Local(int load) { return Twice(load); static int Twice(int x) => x * 2; }
            [Step] public int Constant() => Limits.Most;
            [Step] public int Default() => new Plain().Greet();
            [Step] public static int Version(int load, StepContext context) => load;
            [Step] public int Whole() => Reader.Read(this);
            private bool More(int value) => value < Depth;
            private int Helper(int item) => item + Inner();
            private int Inner() => Depth;
            private static int Operate(IOperation operation, int x) => operation.Run(x);
        }
        """;

    public const string Library = """
        namespace Shop;

        public sealed record Point(int X, int Y)
        {
            public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);
        }
        public sealed record Name(string Text) { public static implicit operator Name(Point point) => new($"{point.X}"); }
        public sealed class Walk(Point point) { public Steps GetEnumerator() => new(point.X); }
        public sealed class Steps(int left) { public int Current => left; public bool MoveNext() => left-- > 0; }
        public sealed class Pause(int value) { public int Value => value; }
        public static class PauseAwaiting
        {
            public static System.Runtime.CompilerServices.TaskAwaiter<int> GetAwaiter(this Pause pause) => Task.FromResult(pause.Value).GetAwaiter();
        }
        public sealed class Bag : System.Collections.IEnumerable
        {
            public int Count { get; private set; }
            public void Add(int item) => Count += item;
            public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
        }
        public sealed record Pair(int A) { public void Deconstruct(out int a, out int b) { a = A; b = 1; } }
        [System.Runtime.CompilerServices.InterpolatedStringHandler]
        public ref struct LogText(int literal, int formatted)
        {
            private string _text = "";
            public void AppendLiteral(string text) => _text += text;
            public void AppendFormatted(int value) => _text += value;
            public override string ToString() => _text;
        }
        public static class Log { public static string Write(LogText text) => text.ToString(); }
        public interface IOperation { int Run(int x); }
        public sealed class Doubler : IOperation { public int Run(int x) => x * 2; }
        public sealed class Tripler : IOperation { public int Run(int x) => x * 3; }
        public sealed record Source(int[] Items) { public Source Select(Func<int, int> map) => new([.. Items.Select(map)]); public int Count => Items.Length; }
        public sealed class Scope : IDisposable { public void Dispose() => Console.WriteLine("closed"); }
        public static class Numbers { public static int Twice(this int x) => x * 2; }
        public static class Limits { public const int Most = 9; public const int Least = 1; }
        public interface IGreeter { int Greet() => 1; }
        public sealed class Plain { public int Greet() => ((IGreeter)new Greeter()).Greet(); }
        public sealed class Greeter : IGreeter;
        public static class Reader { public static int Read(BaseFlow flow) => flow.GetHashCode() > 0 ? 1 : 0; }
        public static class Lonely { public static int Never() => 5; }
        public static class Clock { public static int Ticks = Start(); private static int Start() => 1; }
        """;

    public const string Shapes = """
        namespace Shop.Geometry;

        public class Figure { public virtual double Surface => 0; }
        public sealed class Circle(int radius) : Figure { public override double Surface => 3 * radius * radius; }
        public sealed class Square(int side) : Figure { public override double Surface => side * side; }
        """;
}
