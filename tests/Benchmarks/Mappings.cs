namespace InboundProvisioning.Benchmarks;

/// <summary>The mappings that are measured, as PowerShell.</summary>
internal static class Mappings
{
    /// <summary>20 attributes, one comparison, two constants: nothing that the engine has to run.</summary>
    public const string Shortcuts = """
        @{
            externalId = 'WorkerID'; userName = 'UserID'; active = { $_.'WorkerStatus' -eq 'Active' }; displayName = 'FullName'
            nickName = 'UserID'; userType = 'WorkerType'; title = 'JobTitle'
            name = @{ givenName = 'FirstName'; familyName = 'LastName' }
            addresses = @( @{ type = { 'work' }; streetAddress = 'StreetAddress'; locality = 'City'; postalCode = 'ZipCode'; country = 'CountryCode' } )
            phoneNumbers = @( @{ type = { 'work' }; value = 'OfficePhone' } )
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{
                employeeNumber = 'WorkerID'; costCenter = 'CostCenter'; organization = 'Company'; division = 'Division'
                department = 'Department'; manager = @{ value = 'ManagerID' }
            }
        }
        """;

    /// <summary>A small mapping without script blocks.</summary>
    public const string WithoutScript =
        "@{ externalId = 'WorkerID'; userName = 'UserID'; active = 'OnLeave'; displayName = 'FullName'; title = 'JobTitle'; nickName = 'UserID'; userType = 'WorkerType' }";

    /// <summary>The same with four script blocks, none of which can be short-cut.</summary>
    public const string WithFourScripts =
        "@{ externalId = 'WorkerID'; userName = 'UserID'; active = 'OnLeave'; displayName = { '{0}, {1}' -f $_.LastName, $_.FirstName }; "
        + "title = { $_.JobTitle.Insert(0, '>') }; nickName = { $_.FirstName.Split('@')[0] }; userType = { if ($_.WorkerType -like 'Int*') { 'Trainee' } else { $_.WorkerType } } }";
}
