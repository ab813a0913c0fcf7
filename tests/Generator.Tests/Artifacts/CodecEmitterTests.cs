using Generator.Tests.Support;

namespace Generator.Tests.Artifacts;

public class CodecEmitterTests
{
    private const string Declarations = """
        namespace Shop;

        public readonly record struct Point(double X, double Y);

        public record Candidate(string Name, Point Where, double Auc = 0.5)
        {
            public Candidate? Parent { get; init; }

            public required List<(int id, string label)> Labels { get; init; }

            internal int Seen { get; private set; }
        }
        """;

    [Fact]
    public void Codecs_OfCandidate_AreWhatTheyWere() =>
        Snapshot.Match(Compiler.Compile(ArtifactProgram.Source(Declarations, "Candidate", "null!")).AssertClean().Source("Shop.TestFlow.g.cs"), "CandidateCodec.g.cs.txt");
}
