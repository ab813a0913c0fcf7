using FlowGen;

return await FlowCatalog.RunAsync(args);
