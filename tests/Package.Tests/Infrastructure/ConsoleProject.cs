namespace Package.Tests.Infrastructure;

/// <summary>A console project as <c>dotnet new console</c> makes it, with a package added.</summary>
internal sealed class ConsoleProject
{
    private readonly string _name;

    public ConsoleProject(PackedFeed feed, string name, string itemsAndProperties = "", string package = "FlowGen")
    {
        (_name, Folder) = (Path.GetFileName(name), feed.NewFolder(name));
        Write(_name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{feed.Version}" />
              </ItemGroup>
              {itemsAndProperties}
            </Project>
            """);
    }

    public string Folder { get; }

    public string Program => Path.Combine(Folder, "bin", "Debug", "net10.0", _name);

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public Task<ToolResult> BuildAsync(params string[] arguments) => Tool.DotnetAsync(Folder, ["build", "-v", "n", "-clp:NoSummary", .. arguments]);

    public Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Program, Folder, arguments);
}
