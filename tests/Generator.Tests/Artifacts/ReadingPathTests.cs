using System.Text;
using FlowGen;

namespace Generator.Tests.Artifacts;

/// <summary>Bytes that cannot be read are told with the whole path to the broken spot.</summary>
public class ReadingPathTests
{
    private const string Declarations = """
        [ArtifactUnion(typeof(Cell))] public interface ICell;
        public sealed record Cell(int Number) : ICell;
        public sealed record Row(int Id, ICell Cell, Dictionary<string, (int, string)> Texts);
        public sealed record Table(List<Row> Rows, HashSet<DayOfWeek> Days, DateOnly[] Dates)
        {
            public static Table Make() => new([new(1, new Cell(1), []), new(2, new Cell(77), new() { ["k"] = (5, "textual") })], [DayOfWeek.Friday], [new(2024, 12, 31)]);
        }
        """;

    [Theory]
    [InlineData("Number", "Rows[1].Cell.Number: ", 1)]
    [InlineData("textual", "Rows[1].Texts[k].Item2: ", -1)]
    [InlineData("Friday", "Days[0]: 'FriDay' is not a DayOfWeek.", 3)]
    [InlineData("2024-12-31", "Dates[0]: ", 4)]
    public void Error_AtAnyDepth_BeginsWithThePath(string near, string expected, int at)
    {
        var program = new ArtifactProgram(Declarations, "Table", "Table.Make()");
        var bytes = program.Encode(program.Make());
        var found = Encoding.Latin1.GetString(bytes).LastIndexOf(near, StringComparison.Ordinal);
        var spot = at switch { 1 => found + near.Length, -1 => found - 1, _ => found + at };
        bytes[spot] = at switch { 1 or -1 => 0xc2, _ => (byte)(bytes[spot] ^ 0x20) };
        Assert.StartsWith(expected, Assert.Throws<ArtifactFormatException>(() => program.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ThatRefuses_HasThePathOfItsObject()
    {
        var program = new ArtifactProgram("public class Age { public int Years { get; } public Age(int years) { ArgumentOutOfRangeException.ThrowIfNegative(years); Years = years; } } public record Person(Age Age);", "Person[]", "[new(new(5))]");
        var bytes = program.Encode(program.Make());
        bytes[^1] = 0xff;
        Assert.StartsWith("[0].Age: The bytes are not a value of type Person[]: years", Assert.Throws<ArtifactFormatException>(() => program.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Member_ThatIsMissing_HasThePathOfItsObject()
    {
        var program = new ArtifactProgram(Declarations, "Table", "Table.Make()");
        var bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(program.Encode(program.Make())).Replace("Number\u004d", "Xumber\u004d", StringComparison.Ordinal));
        Assert.StartsWith("Rows[1].Cell: The member Cell.Number is missing", Assert.Throws<ArtifactFormatException>(() => program.Decode(bytes)).Message, StringComparison.Ordinal);
    }
}
