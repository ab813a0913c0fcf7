using FlowGen;
using FlowGen.ML;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.Tests.Support;

namespace ML.Tests;

/// <summary>Data views come back with their values, types and annotations.</summary>
public sealed class DataViewTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [Fact]
    public void RoundTrip_EveryType_GivesTheSameView()
    {
        var view = Ml.Data.LoadFromEnumerable(new[] { new Everything(), Everything.Full(), new Everything { Fixed = new float[3], Variable = [0, 0, 0, 5], Words = [] } });

        var read = Stored.RoundTrip<IDataView, DataViewCodec>(view);

        Assert.Equal(View.Describe(view), View.Describe(read));
        Assert.Equal(3, read.GetRowCount());
    }

    [Fact]
    public void RoundTrip_NoRowsOrNoColumns_GivesNone()
    {
        var empty = Stored.RoundTrip<IDataView, DataViewCodec>(Ml.Data.LoadFromEnumerable(Array.Empty<Everything>()));
        Assert.Equal((0L, View.Describe(Ml.Data.LoadFromEnumerable(Array.Empty<Everything>())).Count), (empty.GetRowCount(), empty.Schema.Count));

        var bare = Stored.RoundTrip<IDataView, DataViewCodec>(Ml.Transforms.DropColumns([.. Penguin.View.Schema.Select(column => column.Name)]).Fit(Penguin.View).Transform(Penguin.View));
        Assert.Equal((342L, 0), (bare.GetRowCount(), bare.Schema.Count));
    }

    [Fact]
    public void RoundTrip_TransformedView_KeepsKeysSlotNamesAndWhatIsVisible()
    {
        var view = Pipelines.Of("trees").Fit(Penguin.View).Transform(Penguin.View);

        var read = Stored.RoundTrip<IDataView, DataViewCodec>(view);

        Assert.Equal(View.Describe(view), View.Describe(read));
        Assert.Contains(view.Schema, column => column.IsHidden);
        Assert.DoesNotContain(read.Schema, column => column.IsHidden);
        VBuffer<ReadOnlyMemory<char>> names = default;
        read.Schema["Features"].GetSlotNames(ref names);
        Assert.Equal(["BillLength", "BillDepth", "FlipperLength", "BodyMass", "Island.Torgersen", "Island.Biscoe", "Island.Dream"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(Penguin.All.Select(penguin => penguin.Species), Ml.Transforms.Conversion.MapKeyToValue("Label").Fit(read).Transform(read).GetColumn<string>("Label"));
    }

    [Fact]
    public void RoundTrip_StoredView_TrainsTheSameModel()
    {
        var read = Stored.RoundTrip<IDataView, DataViewCodec>(Penguin.View);

        Assert.Equal(Stored.Bytes<ITransformer, TransformerCodec>(Pipelines.Of("linear").Fit(Penguin.View)), Stored.Bytes<ITransformer, TransformerCodec>(Pipelines.Of("linear").Fit(read)));
        var folds = Ml.MulticlassClassification.CrossValidate(read, Pipelines.Of("linear"), 3, "Label", seed: 1);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.85, 1));
    }

    [Fact]
    public void GetRowCursor_WithRandom_ShufflesTheRows()
    {
        var read = Stored.RoundTrip<IDataView, DataViewCodec>(Penguin.View);
        var mass = read.Schema["BodyMass"];

        using var cursor = read.GetRowCursor([mass], new Random(1));
        var (getter, id) = (cursor.GetGetter<float>(mass), cursor.GetIdGetter());
        var (value, row, seen, ids) = (0f, default(DataViewRowId), new List<float>(), new HashSet<DataViewRowId>());
        while (cursor.MoveNext())
        {
            getter(ref value);
            id(ref row);
            seen.Add(value);
            ids.Add(row);
        }

        Assert.NotEqual(Penguin.All.Select(penguin => penguin.BodyMass), seen);
        Assert.Equal(Penguin.All.Select(penguin => penguin.BodyMass).Order(), seen.Order());
        Assert.Equal(seen.Count, ids.Count);
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(read.Schema["BillDepth"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(mass));
    }

    [Fact]
    public void Bytes_EqualVectors_AreEqualHoweverTheyCame()
    {
        static byte[] Of(params VBuffer<float>[] vectors) => Stored.Bytes<IDataView, DataViewCodec>(Ml.Data.LoadFromEnumerable(vectors.Select(vector => new OneVector { Vector = vector })));

        var sparse = new VBuffer<float>(6, 1, [7f], [4]);
        var (dense, padded) = (new VBuffer<float>(6, [0, 0, 0, 0, 7, 0]), new VBuffer<float>(6, 3, [0f, 7f, 0f], [1, 4, 5]));
        Assert.Equal(Of(sparse, dense), Of(dense, padded));
        Assert.NotEqual(Of(dense), Of(new VBuffer<float>(6, [0, 0, 0, 0, 7, -0f])));
        Assert.True(Of([.. Enumerable.Repeat(sparse, 1000)]).Length < Of([.. Enumerable.Repeat(new VBuffer<float>(6, [1, 2, 3, 4, 5, 6]), 1000)]).Length);
    }

    [Fact]
    public void Bytes_OfATypeThatCannotBeStored_AreRefusedBeforeAnythingIsComputed()
    {
        var error = Assert.Throws<ArtifactException>(() => Stored.Bytes<IDataView, DataViewCodec>(new StrangeView()));

        Assert.Equal("Column 'Color' is of type Colour, which cannot be stored; drop it (DropColumns), or make numbers of it in the same step.", error.Message);
    }

    [Fact]
    public void Read_DamagedBytes_SaysSo() => Stored.CheckDamage<IDataView, DataViewCodec>(Stored.Bytes<IDataView, DataViewCodec>(Ml.Data.LoadFromEnumerable(new[] { new Everything(), Everything.Full() })));

    private sealed class OneVector
    {
        [VectorType(6)] public VBuffer<float> Vector { get; set; }
    }

    private sealed class Everything
    {
        public bool Bool { get; set; }
        public sbyte SByte { get; set; }
        public byte Byte { get; set; }
        public short Int16 { get; set; }
        public ushort UInt16 { get; set; }
        public int Int32 { get; set; }
        public uint UInt32 { get; set; }
        public long Int64 { get; set; }
        public ulong UInt64 { get; set; }
        public float Single { get; set; }
        public double Double { get; set; }
        public string Text { get; set; } = "";
        public DateTime Time { get; set; }
        public DateTimeOffset Moment { get; set; }
        public TimeSpan Span { get; set; }
        public DataViewRowId Id { get; set; }
        [KeyType(5)] public uint Key { get; set; }
        [KeyType(5)] public byte SmallKey { get; set; }
        [VectorType(3)] public float[] Fixed { get; set; } = [1, 0, float.NaN];
        [VectorType(2, 2)] public int[] Square { get; set; } = [1, 2, 3, 4];
        public double[] Variable { get; set; } = [];
        public string[] Words { get; set; } = ["", "", "", "one", ""];
        [VectorType(1000)] public VBuffer<long> Sparse { get; set; } = new(1000, 2, [5, 6], [3, 999]);

        public static Everything Full() => new()
        {
            Bool = true, SByte = -5, Byte = 200, Int16 = -3, UInt16 = 65535, Int32 = int.MinValue, UInt32 = uint.MaxValue, Int64 = long.MinValue, UInt64 = ulong.MaxValue, Single = float.Epsilon,
            Double = double.NaN, Text = "naïve 🐧", Time = new DateTime(2024, 12, 31, 23, 59, 59, DateTimeKind.Utc), Moment = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-5)),
            Span = TimeSpan.FromTicks(123), Id = new DataViewRowId(1, ulong.MaxValue), Key = 5, SmallKey = 1, Fixed = [-0f, 1e-30f, 3], Square = [0, 0, 0, 9], Variable = [1, 2, 0, 4],
            Words = ["a", "b"], Sparse = new(1000, [.. Enumerable.Range(1, 1000).Select(i => (long)i)]),
        };
    }

    private sealed class StrangeView : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema { get; } = MakeSchema();

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new InvalidOperationException("Nobody may ask for rows.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => throw new InvalidOperationException("Nobody may ask for rows.");

        private static DataViewSchema MakeSchema()
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn("Number", NumberDataViewType.Int32);
            schema.AddColumn("Color", new ColourType());
            return schema.ToSchema();
        }
    }

    private sealed class ColourType() : StructuredDataViewType(typeof(ConsoleColor))
    {
        public override bool Equals(DataViewType? other) => other is ColourType;

        public override bool Equals(object? other) => other is ColourType;

        public override int GetHashCode() => 1;

        public override string ToString() => "Colour";
    }
}
