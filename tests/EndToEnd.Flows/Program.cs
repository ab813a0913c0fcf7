using EndToEnd.Flows;
using FlowGen;
using Microsoft.Extensions.DependencyInjection;

var app = FlowApp.CreateBuilder(args);
app.Services.AddSingleton<Ledger>();
app.Services.AddScoped<Visit>();
return await FlowCatalog.RunAsync(app);
