using System.Collections.Immutable;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>Where the value of an environment variable is: a key of a Secret. The value itself never passes through FlowGen.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="Key">Its key.</param>
internal sealed record SecretReference(string Name, string Secret, string Key)
{
    /// <summary>Reads <c>NAME=secret/key,...</c>; <c>null</c> if it is something else.</summary>
    public static ImmutableArray<SecretReference>? Parse(string text)
    {
        if (PairList.Parse(text) is not { } pairs) return null;
        var references = ImmutableArray.CreateBuilder<SecretReference>();
        foreach (var (name, place) in pairs)
        {
            if (place.Split('/') is not [var secret, { Length: > 0 } key] || !PodSettings.IsName(secret)) return null;
            references.Add(new SecretReference(name, secret, key));
        }
        return references.ToImmutable();
    }
}
