# An attribute mapping for workers.csv in this folder.
#
# On the left stands a SCIM attribute, on the right where its value comes from:
#
#   'Column'          the value of that column of the HR file
#   { ... }           what a script block computes from the row, which it sees as $_
#   @{ ... }          a complex attribute: one entry for each of its sub-attributes
#   @( @{ ... } )     a multi-valued attribute: one entry for each of its values
#   $true, 5          the same value for every worker
#
# The order here is the order in the JSON. Check your changes with
#
#   Test-ScimAttributeMapping -AttributeMapping AttributeMapping.psd1 -Path workers.csv
#
# A mapping with script blocks runs code. Protect this file as you protect your scripts.
@{
    # The one attribute that the provisioning job finds a worker by. Nobody may share it, and it must never change.
    externalId        = 'WorkerID'

    # The sample has no sign-in names, so this makes one. The domain must be a verified one of your tenant.
    userName          = { $_.UserID + '@contoso.com' }

    # Without active, an update can disable the account. Everyone who is not plainly active is disabled here, so look at
    # the words that your HR system uses for people on leave.
    active            = { $_.WorkerStatus -eq 'Active' }

    displayName       = 'FullName'
    title             = 'JobTitle'
    userType          = 'WorkerType'

    name              = @{
        givenName  = 'FirstName'
        familyName = 'LastName'
    }

    # Multi-valued attributes take an array, also for a single value. A constant text is a script block: a bare text would
    # be the name of a column.
    addresses         = @(
        @{
            type          = { 'work' }
            streetAddress = 'StreetAddress'
            locality      = 'City'
            postalCode    = 'ZipCode'
            country       = 'CountryCode'
        }
    )
    phoneNumbers      = @(
        @{
            type    = { 'work' }
            value   = 'OfficePhone'
            primary = $true
        }
    )

    # Attributes of an extension stand under its URN. This one belongs to the SCIM standard.
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{
        employeeNumber = 'WorkerID'
        organization   = 'Company'
        division       = 'Division'
        department     = 'Department'
        costCenter     = 'CostCenter'

        # The externalId of the manager, who is found only once provisioned.
        manager        = @{ value = 'ManagerID' }
    }

    # Your own attributes go under a URN of your own. Add them to the schema of the provisioning job too, or it does not
    # know them.
    'urn:ietf:params:scim:schemas:extension:contoso:1.0:User' = @{
        # A date and no time becomes an ISO 8601 time, here midnight UTC.
        HireDate = { $_.HireDate + 'T00:00:00Z' }
        OnLeave  = { [bool]::Parse($_.OnLeave) }
        Pronouns = { $_.GenderPronoun.ToLowerInvariant() }
    }
}
