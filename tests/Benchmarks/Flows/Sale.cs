namespace Benchmarks.Flows;

/// <summary>A row as a shop has it: growing ids and times, names and prices of a few hundred products, mostly no coupon.</summary>
internal sealed record Sale(long Id, DateTime At, int Store, string Product, string Category, double Price, int Quantity, bool IsOnline, string? Coupon)
{
    private static readonly string[] Categories = ["groceries", "household", "electronics", "garden", "clothing", "books", "toys"];

    public static Sale[] Many(int count)
    {
        var random = new Random(1);
        var products = Enumerable.Range(0, 400).Select(i => (Name: $"product {i:000}", Category: Categories[i % Categories.Length], Price: random.Next(50, 20_000) / 100.0)).ToArray();
        var at = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var sales = new Sale[count];
        for (var i = 0; i < count; i++)
        {
            at = at.AddSeconds(random.Next(60));
            var product = products[(int)(products.Length * Math.Pow(random.NextDouble(), 3))]; // some sell better
            sales[i] = new Sale(1_000_000 + i, at, random.Next(120), product.Name, product.Category, product.Price, 1 + random.Next(5), random.Next(3) == 0,
                random.Next(10) == 0 ? "SPRING24" : null);
        }
        return sales;
    }
}

/// <summary>A row in which nothing repeats.</summary>
internal sealed record Reading(Guid Id, double Value, double Error, string Note)
{
    public static Reading[] Many(int count)
    {
        var random = new Random(2);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Reading(new Guid(bytes), random.NextDouble(), random.NextDouble(), Convert.ToBase64String(bytes, 0, 9));
        })];
    }
}
