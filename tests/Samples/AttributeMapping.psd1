@{
    # Who the worker is.
    externalId   = 'WorkerID'
    userName     = 'UserID'
    nickName     = 'UserID'
    displayName  = 'FullName'
    name         = @{
        familyName = 'LastName'
        givenName  = 'FirstName'
    }

    # Whether the account is to be used.
    active       = { $_.WorkerStatus -eq 'Active' }

    # What the worker does, and where.
    title        = 'JobTitle'
    userType     = 'WorkerType'
    phoneNumbers = @(
        @{ type = { 'work' }; value = 'OfficePhone' }
    )
    addresses    = @(
        @{
            type          = { 'work' }
            country       = 'CountryCode'
            postalCode    = 'ZipCode'
            locality      = 'City'
            streetAddress = 'StreetAddress'
        }
    )
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{
        manager        = @{ value = 'ManagerID' }
        employeeNumber = 'WorkerID'
        department     = 'Department'
        division       = 'Division'
        organization   = 'Company'
        costCenter     = 'CostCenter'
    }
}
