using FlowGen;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Artifacts;

/// <summary>Interfaces and base classes all of whose members are known.</summary>
public class UnionTests
{
    private const string Shapes = """
        [ArtifactUnion(typeof(Circle), typeof(Square), typeof(Group))] public interface IShape;
        public sealed record Circle(double Radius) : IShape;
        public readonly record struct Square(double Side) : IShape;
        public sealed record Group(List<IShape> Shapes, IShape? Frame) : IShape;
        public sealed record Dot : IShape;
        """;

    private const string MessagePack = """
        namespace MessagePack { [AttributeUsage(AttributeTargets.All, AllowMultiple = true)] public sealed class UnionAttribute(int key, Type type) : Attribute { public int Key => key; public Type Type => type; } }
        """;

    [Fact]
    public void Union_OfEachKind_RoundTrips()
    {
        (string Declarations, string Type, string Value, string Json)[] cases =
        [
            (Shapes, "IShape", "new Circle(2)", """{"Circle":{"Radius":2}}"""),
            (Shapes, "IShape?", "null", "null"),
            (Shapes, "IShape[]", "[new Square(1), new Group([new Circle(3)], new Square(4))]", """[{"Square":{"Side":1}},{"Group":{"Frame":{"Square":{"Side":4}},"Shapes":[{"Circle":{"Radius":3}}]}}]"""),
            (Shapes, "Dictionary<string, (int, IShape)>", "new() { [\"a\"] = (1, new Circle(2)) }", """{"a":[1,{"Circle":{"Radius":2}}]}"""),
            (Shapes, "Circle", "new(2)", """{"Radius":2}"""),
            ("[ArtifactUnion(typeof(Animal), typeof(Cat))] public record Animal(string Name); public sealed record Cat(string Name, int Lives) : Animal(Name);", "Animal[]", "[new(\"a\"), new Cat(\"b\", 9)]",
                """[{"Animal":{"Name":"a"}},{"Cat":{"Lives":9,"Name":"b"}}]"""),
            ("[ArtifactUnion(typeof(Some<>), typeof(None<>))] public abstract record Option<T>; public sealed record Some<T>(T Value) : Option<T>; public sealed record None<T> : Option<T>;", "Option<int?>[]", "[new Some<int?>(null), new None<int?>()]",
                """[{"Some<int?>":{"Value":null}},{"None<int?>":{}}]"""),
            ("[ArtifactUnion(typeof(Num), typeof(Add))] public abstract record Expr { public sealed record Num(int Value) : Expr; public sealed record Add(Expr Left, Expr Right) : Expr; }".Replace("typeof(", "typeof(Expr.", StringComparison.Ordinal), "Expr", "new Expr.Add(new Expr.Num(1), new Expr.Add(new Expr.Num(2), new Expr.Num(3)))",
                """{"Add":{"Left":{"Num":{"Value":1}},"Right":{"Add":{"Left":{"Num":{"Value":2}},"Right":{"Num":{"Value":3}}}}}}"""),
            ("[global::MessagePack.Union(3, typeof(Cat)), global::MessagePack.Union(7, typeof(Dog))] public interface IPet; public sealed record Cat(int Lives) : IPet; public sealed record Dog(string Name) : IPet;", "IPet[]", "[new Dog(\"a\"), new Cat(9)]",
                """[[7,{"Name":"a"}],[3,{"Lives":9}]]"""),
        ];
        var loaded = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)), MessagePack);
        Assert.Equal(cases.Select(c => c.Json), loaded.Select(program => program.RoundTrip()));
    }

    [Fact]
    public void Value_OutsideOfTheUnion_FailsWithItsPath()
    {
        var program = new ArtifactProgram(Shapes, "Dictionary<string, IShape>", "new() { [\"a\"] = new Group([new Circle(1), new Dot()], null) }");
        Assert.Equal("[a].Shapes[1]: an object of type Dot where IShape is declared, whose union has only Circle, Square, Group; add typeof(Dot) to the union of IShape, or return one of these.",
            Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message);
    }

    [Fact]
    public void Subclass_OfAMember_IsOutside()
    {
        var program = new ArtifactProgram("[ArtifactUnion(typeof(Cat))] public interface IPet; public record Cat(int Lives) : IPet; public record Lion(int Lives) : Cat(Lives);", "IPet", "new Lion(9)");
        Assert.StartsWith("an object of type Lion where IPet is declared", Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_InAUnion_NamesThePath()
    {
        var program = new ArtifactProgram(Shapes, "IShape[]", "[new Circle(1), null!]");
        Assert.StartsWith("[1]: null where the type IShape", Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0xa3, 0x44, 0x6f, 0x74, 0x80 }, "'Dot' is no member of the union IShape, which has Circle, Square, Group.")]
    [InlineData(new byte[] { 0x80 }, "A member of a union was expected, which is a map of one entry, and a map of 0 found.")]
    public void Bytes_OfNoMember_AreRefused(byte[] bytes, string expected)
    {
        var program = new ArtifactProgram(Shapes, "IShape", "new Circle(1)");
        Assert.Equal(expected, Assert.Throws<ArtifactFormatException>(() => program.Decode(bytes)).Message);
    }

    [Fact]
    public void Member_AddedLater_LeavesOldBytesAsTheyWere()
    {
        var old = new ArtifactProgram("[ArtifactUnion(typeof(Cat))] public interface IPet; public record Cat(int Lives) : IPet;", "IPet", "new Cat(9)");
        var now = new ArtifactProgram("[ArtifactUnion(typeof(Dog), typeof(Cat))] public interface IPet; public record Cat(int Lives) : IPet; public record Dog : IPet;", "IPet", "new Cat(9)");
        Assert.Equal(old.Encode(old.Make()), now.Encode(now.Make()));
    }

    [Theory]
    [InlineData("public sealed record Cat : IPet;", true), InlineData("public record Cat : IPet;", false), InlineData("public sealed record Cat(int[] A) : IPet;", false)]
    public void Union_IsShareable_IfAllItsMembersAre(string member, bool expected)
    {
        var program = new ArtifactProgram($"[ArtifactUnion(typeof(Cat), typeof(Dog))] public interface IPet; {member} public sealed record Dog : IPet;", "IPet", "new Dog()");
        Assert.Equal(expected, program.Artifact.Shareable);
    }

    [Theory]
    [InlineData("[ArtifactUnion]", "lists no types; list the types that it can have")]
    [InlineData("[ArtifactUnion(typeof(Cat), typeof(string))]", "lists 'string', which is no 'IPet'; derive it from 'IPet', or remove it")]
    [InlineData("[ArtifactUnion(typeof(Cat), typeof(Beast))]", "lists 'Beast', an abstract class; list the classes that derive from it")]
    [InlineData("[ArtifactUnion(typeof(IBird), typeof(Cat))]", "lists 'IBird', an interface; list the types that implement it")]
    [InlineData("[ArtifactUnion(typeof(Cat), typeof(Box<>))]", "lists 'Box<>', which is generic; give it type arguments")]
    [InlineData("[ArtifactUnion(typeof(Cat), typeof(Cat))]", "lists 'Cat' twice; remove one")]
    [InlineData("[ArtifactUnion(typeof(Cat), typeof(Other.Cat))]", "lists two types called 'Cat'; rename one: values are stored with the name")]
    [InlineData("[global::MessagePack.Union(1, typeof(Cat)), global::MessagePack.Union(1, typeof(Dog))]", "has the number 1 twice; give 'Dog' another number")]
    public void Union_ThatListsOtherThings_IsExplained(string attribute, string expected)
    {
        var found = Compiler.Compile(ArtifactProgram.Source($"{attribute} public interface IPet; public record Cat : IPet; public record Dog : IPet; public record Box<T> : IPet; public abstract class Beast : IPet; public interface IBird : IPet; " +
            "public static class Other { public record Cat : IPet; }", "List<IPet>", "[]"), MessagePack).All.Where(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal([$"FG0517 artifact 'make' of step 'make': List<IPet>[i] is 'IPet', whose union {expected}"], found.Select(d => $"{d.Id} {d.GetMessage()}"));
    }

    [Fact]
    public void Mistake_InAMember_HasItsPath()
    {
        var found = Compiler.Compile(ArtifactProgram.Source("[ArtifactUnion(typeof(Cat))] public interface IPet; public record Cat(Func<int> Code) : IPet;", "IPet[]", "[]")).All;
        Assert.Equal("artifact 'make' of step 'make': IPet[][i](Cat).Code is 'Func<int>', code and not data; store what the code works on, and call it in the step that needs it", Assert.Single(found).GetMessage());
    }
}
