using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowGen.Build;

/// <summary>
/// Draws the Mermaid text of a graph, which <c>show</c> writes, as SVG. Steps are in rows, each below all that it needs (the longest path decides), and in a row as their inputs are (one pass of the barycenter method).
/// </summary>
public static partial class GraphSvg
{
    private const int Height = 36, RowGap = 64, Gap = 28, Margin = 20, LetterWidth = 8;

    /// <summary>Draws.</summary>
    /// <param name="mermaid">The text.</param>
    public static string Draw(string mermaid)
    {
        var nodes = NodeLine().Matches(mermaid).Select(line => new Node(line.Groups[1].Value, Plain(line.Groups[3].Value), line.Groups[2].Value)).ToDictionary(node => node.Id);
        var edges = EdgeLine().Matches(mermaid).Select(line => new Edge(nodes[line.Groups[1].Value], nodes[line.Groups[4].Value], line.Groups[2].Value, Plain(line.Groups[3].Value))).ToList();
        var (width, height) = Place([.. nodes.Values], edges);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append("<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#555\"/></marker></defs>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        foreach (var edge in edges) Draw(edge, svg);
        foreach (var node in nodes.Values) Draw(node, svg);
        return svg.Append("</svg>\n").ToString();
    }

    private static (int Width, int Height) Place(List<Node> nodes, List<Edge> edges)
    {
        // Edges go from earlier lines to later ones, but for loops of a step to itself. Those of parameters may be anywhere.
        for (var isSettled = false; !isSettled;)
        {
            isSettled = true;
            foreach (var edge in edges.Where(edge => edge.From != edge.To && edge.To.Row <= edge.From.Row && edge.From.Row < nodes.Count)) (edge.To.Row, isSettled) = (edge.From.Row + 1, false);
        }

        var rows = nodes.GroupBy(node => node.Row).OrderBy(row => row.Key).Select(row => row.ToList()).ToList();
        var width = rows.Max(row => row.Sum(node => node.Width + Gap) - Gap) + (2 * Margin);
        foreach (var row in rows)
        {
            var ordered = row.OrderBy(node => edges.Where(edge => edge.To == node && edge.From != node).Select(edge => (double?)edge.From.Center).Average() ?? width / 2.0).ToList();
            var x = (width - ordered.Sum(node => node.Width + Gap) + Gap) / 2;
            foreach (var node in ordered)
            {
                (node.X, node.Y) = (x, Margin + (node.Row * (Height + RowGap)));
                x += node.Width + Gap;
            }
        }

        return (width + (edges.Any(edge => edge.From == edge.To) ? 240 : 0), (2 * Margin) + (rows.Count * (Height + RowGap)) - RowGap);
    }

    private static void Draw(Node node, StringBuilder svg)
    {
        var (fill, radius) = node.Shape == "[/" ? ("#f6f0dc", 18) : ("#e8f0fa", 6);
        if (node.Shape == "[[") svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{node.X + 5}\" y=\"{node.Y + 5}\" width=\"{node.Width}\" height=\"{Height}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"#468\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{node.X}\" y=\"{node.Y}\" width=\"{node.Width}\" height=\"{Height}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"#468\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{node.Center}\" y=\"{node.Y + 23}\" text-anchor=\"middle\">{Xml(node.Text)}</text>\n");
    }

    private static void Draw(Edge edge, StringBuilder svg)
    {
        var style = edge.Arrow switch { "==>" => " stroke-width=\"2.5\"", "-.->" => " stroke-dasharray=\"5 4\"", _ => "" };
        var (x1, y1, x2, y2) = (edge.From.Center, edge.From.Y + Height, edge.To.Center, edge.To.Y);
        var (path, labelX, labelY) = edge.From == edge.To
            ? ($"M{edge.From.X + edge.From.Width} {y2 + 10}h24v18h-24", edge.From.X + edge.From.Width + 30, y2 + 23)
            : ($"M{x1} {y1}C{x1} {y1 + (RowGap / 2)} {x2} {y2 - (RowGap / 2)} {x2} {y2}", ((x1 + x2) / 2) + 4, ((y1 + y2) / 2) + 4);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"#555\"{style} marker-end=\"url(#end)\"/>");
        svg.Append(edge.Label.Length == 0 ? "\n" : string.Create(CultureInfo.InvariantCulture, $"<text x=\"{labelX}\" y=\"{labelY}\" fill=\"#555\" font-size=\"11\">{Xml(edge.Label)}</text>\n"));
    }

    private static string Plain(string text) => text.Replace("#quot;", "\"", StringComparison.Ordinal).Replace("#35;", "#", StringComparison.Ordinal);

    private static string Xml(string text) => System.Security.SecurityElement.Escape(text)!;

    [GeneratedRegex("""^ +(\w+)(\[\[|\[/|\[)"(.*)"(?:\]\]|/\]|\])\r?$""", RegexOptions.Multiline)]
    private static partial Regex NodeLine();

    [GeneratedRegex("""^ +(\w+) (-->|==>|-\.->)(?:\|"(.*)"\|)? (\w+)\r?$""", RegexOptions.Multiline)]
    private static partial Regex EdgeLine();

    private sealed class Node(string id, string text, string shape)
    {
        public string Id => id;
        public string Text => text;
        public string Shape => shape;
        public int Width => Math.Max(60, (text.Length * LetterWidth) + 24);
        public int Center => X + (Width / 2);
        public int Row { get; set; }
        public int X { get; set; }
        public int Y { get; set; }
    }

    private sealed record Edge(Node From, Node To, string Arrow, string Label);
}
