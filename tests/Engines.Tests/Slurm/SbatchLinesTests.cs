using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

public class SbatchLinesTests
{
    [Fact]
    public void Parse_File_SplitsAsSbatchDoes()
    {
        var lines = SbatchLines.Parse("#!/bin/bash\n#SBATCH --licenses=a:1 --mail-user \"a b\"   # why\n#SBATCHX\n\nmodule load 'x y'\n#SBATCH --comment2='it''s'\r\n");

        Assert.Equal(["--licenses=a:1", "--mail-user", "a b", "--comment2=its"], lines.Options);
        Assert.Equal(["#SBATCHX", "module load 'x y'"], lines.Commands);
    }

    [Theory]
    [InlineData("#SBATCH --array=1-3", "must not have the option --array, which FlowGen sets itself")]
    [InlineData("#SBATCH -a1-3", "must not have the option -a1-3, which FlowGen sets itself")]
    [InlineData("#SBATCH --x='a", "has a quote without an end in the line '#SBATCH --x='a'")]
    [InlineData("#SBATCH --mail-type=END -A team\nmodule load x", null)]
    public void WhyNot_Text_SaysWhatIsWrong(string text, string? why) => Assert.Equal(why, SbatchLines.WhyNot(text));
}
