using FlowGen;
using FlowGen.ML;
using Microsoft.ML;

// What makes a reference to this package all there is to do: the generator sees these wherever the package is referenced.
[assembly: ArtifactCodec(typeof(ITransformer), typeof(TransformerCodec))]
[assembly: ArtifactCodec(typeof(DataViewSchema), typeof(DataViewSchemaCodec))]
[assembly: ArtifactCodec(typeof(IDataView), typeof(DataViewCodec))]
