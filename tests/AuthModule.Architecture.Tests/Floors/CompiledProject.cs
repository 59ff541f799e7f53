using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AuthModule.TestKit.Files;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>What the files of a project use, as the compiler bound it.</summary>
internal sealed class CompiledProject
{
    private CompiledProject(IReadOnlyCollection<Arrow> arrows, IReadOnlyCollection<string> foreignTypes)
    {
        Arrows = arrows;
        ForeignTypes = foreignTypes;
    }

    public IReadOnlyCollection<Arrow> Arrows { get; }

    /// <summary>The full names of types of other assemblies.</summary>
    public IReadOnlyCollection<string> ForeignTypes { get; }

    /// <param name="project">Its folder in the clone.</param>
    /// <param name="assembly">The name of its assembly.</param>
    /// <param name="framework">Which of its builds.</param>
    public static CompiledProject Read(string project, string assembly, string framework)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string path = RepositoryFiles.PathOf($"{project}/bin/{configuration}/{framework}/{assembly}.dll");
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        using var files = new SourceFiles(path, reader, project);
        var arrows = new HashSet<Arrow>();
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            if (files.Of(handle) is not { } from)
            {
                continue;
            }

            UsedTypes used = UsesOf(reader, image, handle);
            foreign.UnionWith(used.Foreign);
            arrows.UnionWith(used.Own.Select(files.Of).OfType<string>().Where(to => to != from).Select(to => new Arrow(from, to)));
        }

        // A constant leaves no trace in the code that uses it, but its namespace does in the source.
        arrows.UnionWith(UsingDirectives.Of(project));
        return new CompiledProject(arrows, foreign);
    }

    private static UsedTypes UsesOf(MetadataReader reader, PEReader image, TypeDefinitionHandle handle)
    {
        var used = new UsedTypes(reader);
        TypeDefinition type = reader.GetTypeDefinition(handle);
        Use(type.BaseType);
        foreach (InterfaceImplementationHandle each in type.GetInterfaceImplementations())
        {
            Use(reader.GetInterfaceImplementation(each).Interface);
        }

        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            reader.GetFieldDefinition(field).DecodeSignature(used, null);
        }

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            method.DecodeSignature(used, null);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(used, null);
            }

            foreach (EntityHandle token in IlTokens.Of(body.GetILBytes()!))
            {
                Use(token);
            }
        }

        return used;

        void Use(EntityHandle entity)
        {
            if (entity.IsNil)
            {
                return;
            }

            switch (entity.Kind)
            {
                case HandleKind.TypeDefinition:
                    used.Own.Add((TypeDefinitionHandle)entity);
                    break;
                case HandleKind.TypeReference when !entity.IsNil:
                    used.GetTypeFromReference(reader, (TypeReferenceHandle)entity, 0);
                    break;
                case HandleKind.TypeSpecification:
                    used.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)entity, 0);
                    break;
                case HandleKind.MethodDefinition:
                    used.Own.Add(reader.GetMethodDefinition((MethodDefinitionHandle)entity).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    used.Own.Add(reader.GetFieldDefinition((FieldDefinitionHandle)entity).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    Use(reader.GetMemberReference((MemberReferenceHandle)entity).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification made = reader.GetMethodSpecification((MethodSpecificationHandle)entity);
                    made.DecodeSignature(used, null);
                    Use(made.Method);
                    break;
            }
        }
    }
}
