using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>The file that each type of an assembly is written in, by its portable PDB.</summary>
internal sealed class SourceFiles : IDisposable
{
    // Types without code have their files in this record (Portable PDB, TypeDefinitionDocuments).
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader symbols;
    private readonly MetadataReader metadata;
    private readonly string project;
    private readonly Dictionary<TypeDefinitionHandle, string> documents = [];

    /// <param name="assembly">The path of the assembly; its symbols lie beside it.</param>
    /// <param name="metadata">Of the assembly.</param>
    /// <param name="project">The project's folder in the clone: files of no other count.</param>
    public SourceFiles(string assembly, MetadataReader metadata, string project)
    {
        this.metadata = metadata;
        this.project = project + "/";
        provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        symbols = provider.GetMetadataReader();
        foreach (CustomDebugInformation each in symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation))
        {
            if (each.Parent.Kind == HandleKind.TypeDefinition && symbols.GetGuid(each.Kind) == TypeDocuments)
            {
                documents[(TypeDefinitionHandle)each.Parent] = NameOf(MetadataTokens.DocumentHandle(symbols.GetBlobReader(each.Value).ReadCompressedInteger()));
            }
        }
    }

    /// <summary>Relative to the project; null for what the compiler made, or what is written elsewhere.</summary>
    public string? Of(TypeDefinitionHandle type)
    {
        TypeDefinition definition = metadata.GetTypeDefinition(type);
        while (!definition.GetDeclaringType().IsNil)
        {
            type = definition.GetDeclaringType();
            definition = metadata.GetTypeDefinition(type);
        }

        if (!documents.TryGetValue(type, out string? name))
        {
            documents[type] = name = WithCode(definition).Select(symbols.GetMethodDebugInformation)
                .Where(method => !method.Document.IsNil).Select(method => NameOf(method.Document)).FirstOrDefault() ?? string.Empty;
        }

        int at = name.IndexOf(project, StringComparison.Ordinal);
        return at < 0 || name.Contains("/obj/", StringComparison.Ordinal) ? null : name[(at + project.Length)..];
    }

    public void Dispose() => provider.Dispose();

    private IEnumerable<MethodDefinitionHandle> WithCode(TypeDefinition type) =>
        type.GetMethods().Concat(type.GetNestedTypes().SelectMany(nested => WithCode(metadata.GetTypeDefinition(nested))));

    private string NameOf(DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
}
