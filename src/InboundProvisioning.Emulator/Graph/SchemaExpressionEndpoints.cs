using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Schema;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// What a schema can be made of, for the schema of a job and of a template:
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression,
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions and
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-filteroperators
/// </summary>
internal sealed class SchemaExpressionEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        foreach (string owner in (string[])["jobs", "templates"])
        {
            string schema = $"/servicePrincipals/{{id}}/synchronization/{owner}/{{ownerId}}/schema";

            // OData also writes a bound function with its namespace and with brackets.
            foreach (string form in (string[])["{0}", "{0}()", "microsoft.graph.{0}", "microsoft.graph.{0}()"])
            {
                version.MapGet(
                    $"{schema}/{string.Format(null, form, "functions")}",
                    (HttpContext context, string id, string ownerId) => List(context, id, owner, ownerId, $"{root}/$metadata#functions", Functions));
                version.MapGet(
                    $"{schema}/{string.Format(null, form, "filterOperators")}",
                    (HttpContext context, string id, string ownerId) =>
                        List(context, id, owner, ownerId, $"{root}/$metadata#filterOperators", Operators));
            }

            foreach (string name in (string[])["parseExpression", "microsoft.graph.parseExpression"])
            {
                version.MapPost(
                    $"{schema}/{name}", (HttpContext context, string id, string ownerId) => ParseAsync(context, root, id, owner, ownerId));
            }
        }
    }

    private IResult List(HttpContext context, string id, string owner, string ownerId, string metadata, Func<IEnumerable<JsonObject>> read) =>
        Refuse(context, id, owner, ownerId) ?? CollectionPage.Answer(context, metadata, read());

    private async Task<IResult> ParseAsync(HttpContext context, string root, string id, string owner, string ownerId)
    {
        if (Refuse(context, id, owner, ownerId) is { } refusal)
        {
            return refusal;
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (body.Text("expression") is not { } expression)
        {
            return GraphError.BadRequest("A value is required for the parameter 'expression'.");
        }

        FlowExpression? parsed = FlowExpression.TryParse(expression);
        Dictionary<string, string[]>? input = Input(body);
        IReadOnlyList<string>? result = input is null ? null : parsed?.Evaluate(name => input.GetValueOrDefault(name, []));
        string? wrong = parsed is null
            ? $"The expression '{expression}' cannot be parsed."
            : input is not null && result is null ? "The emulator does not compute a function of the expression." : null;
        return GraphJson.Ok(context, new JsonObject
        {
            ["@odata.context"] = $"{root}/$metadata#microsoft.graph.parseExpressionResponse",
            ["error"] = wrong is null ? null : new JsonObject
            {
                ["code"] = parsed is null ? "ParsingFailed" : "EvaluationFailed",
                ["message"] = wrong,
                ["target"] = null,
                ["details"] = new JsonArray(),
                ["innerError"] = null,
            },
            ["evaluationSucceeded"] = result is not null,
            ["evaluationResult"] = new JsonArray([.. (result ?? []).Select(value => JsonValue.Create(value))]),
            ["parsedExpression"] = parsed?.ToJson(),
            ["parsingSucceeded"] = parsed is not null,
        });
    }

    private GraphError? Refuse(HttpContext context, string id, string owner, string ownerId)
    {
        if (authorization.Refuse(context, DocumentedPermissions.WriteSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        bool found = owner == "jobs" ? application.Job(ownerId) is not null : SynchronizationTemplateEndpoints.Find(application, ownerId) is not null;
        return found ? null : GraphError.NotFound(ownerId);
    }

    /// <summary>The values of the test object by attribute, or null when none is given. A value is a text, another scalar, or a collection.</summary>
    private static Dictionary<string, string[]>? Input(JsonElement body)
    {
        if (!body.TryGetProperty("testInputObject", out JsonElement given) || given.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var values = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement property in SchemaJson.Items(given, "properties"))
        {
            if (SchemaJson.Text(property, "key") is { } key)
            {
                values[key] = property.TryGetProperty("value", out JsonElement value)
                    ? value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text).OfType<string>()] : Text(value) is { } text ? [text] : []
                    : [];
            }
        }

        return values;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.GetRawText(),
    };

    /// <summary>By the metadata, where the id is the name. (The page's example calls it <c>name</c>.)</summary>
    private static IEnumerable<JsonObject> Functions() => MappingFunction.All.Select(function => new JsonObject
    {
        ["id"] = function.Name,
        ["parameters"] = new JsonArray([.. function.Parameters.Select(parameter => new JsonObject
        {
            ["allowMultipleOccurrences"] = parameter.Many,
            ["name"] = parameter.Name,
            ["required"] = parameter.Required,
            ["type"] = "String",
        })]),
    });

    /// <inheritdoc cref="Functions"/>
    private static IEnumerable<JsonObject> Operators() => ScopeOperator.All.Select(one => new JsonObject
    {
        ["id"] = one.Name,
        ["arity"] = one.IsUnary ? "Unary" : "Binary",
        ["multivaluedComparisonType"] = "All",
        ["supportedAttributeTypes"] = new JsonArray([.. one.AttributeTypes.Select(type => JsonValue.Create(type))]),
    });
}
