using System.Numerics.Tensors;
using FlowGen;

namespace Generator.Tests.Artifacts;

/// <summary>Arrays of several dimensions and tensors.</summary>
public class GridTests
{
    [Fact]
    public void Array_OfAnyRank_RoundTrips()
    {
        (string Declarations, string Type, string Value, string Json)[] cases =
        [
            ("", "double[,]", "new double[,] { { 1, 2 }, { 3, 4 } }", "[[2,2],[1,2,3,4]]"),
            ("", "string?[,,]", "new string?[1, 2, 1] { { { \"a\" }, { null } } }", """[[1,2,1],["a",null]]"""),
            ("", "int[,,,]", "new int[0, 3, 2, 1]", "[[0,3,2,1],[]]"),
            ("", "byte[,,,,]", "new byte[1, 1, 1, 1, 2] { { { { { 1, 2 } } } } }", "[[1,1,1,1,2],\"AQI=\"]"),
            ("", "int[,,,,,,]", "new int[1, 1, 1, 1, 1, 1, 1] { { { { { { { 7 } } } } } } }", "[[1,1,1,1,1,1,1],[7]]"),
            ("public record Cell(int X);", "Cell[,]", "new Cell[1, 1] { { new(5) } }", "[[1,1],[{\"X\":5}]]"),
            ("", "int[][,]", "[new int[,] { { 1 } }]", "[[[1,1],[1]]]"),
            ("", "System.Numerics.Tensors.Tensor<float>", "System.Numerics.Tensors.Tensor.Create(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3])", "[[2,3],[1,2,3,4,5,6]]"),
            ("public record Model(System.Numerics.Tensors.Tensor<double>? Weights);", "Model[]", "[new(System.Numerics.Tensors.Tensor.Create(new double[] { 1 }, [1, 1, 1])), new(null)]", """[{"Weights":[[1,1,1],[1]]},{"Weights":null}]"""),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)));
        Assert.Equal(cases.Select(c => c.Json), programs.Select(program => program.RoundTrip()));
        Assert.All(programs, program => Assert.False(program.Artifact.Shareable));
    }

    [Fact]
    public void Rank32_IsTheMost()
    {
        var type = $"int[{new string(',', 31)}]";
        var program = new ArtifactProgram("", type, $"({type})Array.CreateInstance(typeof(int), Enumerable.Repeat(1, 32).ToArray())");
        program.RoundTrip();
    }

    [Fact]
    public void Tensor_OfOtherStrides_HasTheSameBytes()
    {
        var program = new ArtifactProgram("", "System.Numerics.Tensors.Tensor<int>", "default!");
        var whole = Tensor.Create([1, 2, 3, 4, 5, 6], [2, 3]);
        var part = whole.Slice(0..2, 1..3);
        Assert.Equal(program.Encode(Tensor.Create([2, 3, 5, 6], [2, 2])), program.Encode(part));
        var read = (Tensor<int>)program.Decode(program.Encode(part))!;
        Assert.Equal([2, 2], read.Lengths.ToArray());
        Assert.Equal(6, read[1, 1]);
    }

    [Fact]
    public void Array_ThatBeginsElsewhere_IsRefused()
    {
        var program = new ArtifactProgram("", "int[,]", "(int[,])Array.CreateInstance(typeof(int), [1, 1], [0, 5])");
        Assert.Equal("an array whose dimension 1 begins at 5; copy it into one that begins at 0.", Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message);
    }

    [Fact]
    public void Tensor_Damaged_FailsCleanly()
    {
        var program = new ArtifactProgram("", "System.Numerics.Tensors.Tensor<int>", "System.Numerics.Tensors.Tensor.Create(new int[] { 1, 2, 3, 4 }, [2, 2])");
        var valid = program.Encode(program.Make());
        for (var at = 0; at < valid.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var bytes = valid.ToArray();
                bytes[at] = (byte)value;
                try
                {
                    program.Decode(bytes);
                }
                catch (ArtifactFormatException)
                {
                    // The only exception that may come out.
                }
            }
        }
    }
}
