using System;
using System.Collections.Generic;
using System.Collections.Frozen;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// The types below synchronizationSchema in Graph's published v1.0 metadata: property names, types and enum members.
/// A type in brackets is a collection; one after <c>!</c> may not be null.
/// </summary>
internal static class SchemaTypes
{
    /// <summary>The properties of each complex type: name and type.</summary>
    public static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Properties = Read(
        """
        synchronizationSchema: id string, version string, synchronizationRules [synchronizationRule], directories [directoryDefinition]
        directoryDefinition: id string, discoverabilities !discoverabilities, discoveryDateTime dateTime, name string, objects [objectDefinition], readOnly !boolean, version string
        objectDefinition: attributes [attributeDefinition], metadata [objectMetadata], name string, supportedApis [string]
        objectMetadata: key objectDefinitionMetadata, value string
        attributeDefinition: anchor !boolean, apiExpressions [stringPair], caseExact !boolean, defaultValue string, flowNullValues !boolean, metadata [attributeMetadata], multivalued !boolean, mutability !mutability, name string, referencedObjects [referencedObject], required !boolean, type !attributeType
        attributeMetadata: key attributeDefinitionMetadata, value string
        referencedObject: referencedObjectName string, referencedProperty string
        stringPair: key string, value string
        synchronizationRule: containerFilter containerFilter, editable !boolean, groupFilter groupFilter, id string, metadata [stringPair], name string, objectMappings [objectMapping], priority !integer, sourceDirectoryName string, targetDirectoryName string
        containerFilter: includedContainers [string]
        groupFilter: includedGroups [string]
        objectMapping: attributeMappings [attributeMapping], enabled !boolean, flowTypes !objectFlowTypes, metadata [mappingMetadata], name string, scope filter, sourceObjectName string, targetObjectName string
        mappingMetadata: key objectMappingMetadata, value string
        filter: categoryFilterGroups [filterGroup], groups [filterGroup], inputFilterGroups [filterGroup]
        filterGroup: clauses [filterClause], name string
        filterClause: operatorName string, sourceOperandName string, targetOperand filterOperand
        filterOperand: values [string]
        attributeMapping: defaultValue string, exportMissingReferences !boolean, flowBehavior !attributeFlowBehavior, flowType !attributeFlowType, matchingPriority !integer, source attributeMappingSource, targetAttributeName string
        attributeMappingSource: expression string, name string, parameters [sourcePair], type !attributeMappingSourceType
        sourcePair: key string, value attributeMappingSource
        """);

    /// <summary>The members of each enum.</summary>
    public static readonly FrozenDictionary<string, string[]> Enums = new Dictionary<string, string[]>
    {
        ["discoverabilities"] = ["None", "AttributeNames", "AttributeDataTypes", "AttributeReadOnly", "ReferenceAttributes", "UnknownFutureValue"],
        ["objectFlowTypes"] = ["None", "Add", "Update", "Delete"],
        ["mutability"] = ["ReadWrite", "ReadOnly", "Immutable", "WriteOnly"],
        ["attributeType"] = ["String", "Integer", "Reference", "Binary", "Boolean", "DateTime"],
        ["attributeFlowBehavior"] = ["FlowWhenChanged", "FlowAlways"],
        ["attributeFlowType"] = ["Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"],
        ["attributeMappingSourceType"] = ["Attribute", "Constant", "Function"],
        ["attributeDefinitionMetadata"] =
        [
            "BaseAttributeName", "ComplexObjectDefinition", "IsContainer", "IsCustomerDefined", "IsDomainQualified", "LinkPropertyNames",
            "LinkTypeName", "MaximumLength", "ReferencedProperty",
        ],
        ["objectDefinitionMetadata"] =
        [
            "PropertyNameAccountEnabled", "PropertyNameSoftDeleted", "IsSoftDeletionSupported", "IsSynchronizeAllSupported",
            "ConnectorDataStorageRequired", "Extensions", "BaseObjectName",
        ],
        ["objectMappingMetadata"] =
        [
            "EscrowBehavior", "DisableMonitoringForChanges", "OriginalJoiningProperty", "Disposition", "IsCustomerDefined", "ExcludeFromReporting",
            "Unsynchronized",
        ],
    }.ToFrozenDictionary();

    /// <summary>Enums whose values may be a list with commas.</summary>
    public static readonly FrozenSet<string> Flags = new[] { "discoverabilities", "objectFlowTypes" }.ToFrozenSet();

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Read(string text)
    {
        var types = new Dictionary<string, FrozenDictionary<string, string>>();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] halves = line.Split(": ", 2);
            var properties = new Dictionary<string, string>();
            foreach (string property in halves[1].Split(", "))
            {
                string[] parts = property.Split(' ');
                properties.Add(parts[0], parts[1]);
            }

            types.Add(halves[0], properties.ToFrozenDictionary());
        }

        return types.ToFrozenDictionary();
    }
}
