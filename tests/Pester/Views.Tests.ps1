# Each table that the module shows by default, on a console of 80 columns.

BeforeDiscovery {
    $format = [xml] (Get-Content -Raw ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'InboundProvisioning.Format.ps1xml')))
    $views = foreach ($view in $format.Configuration.ViewDefinitions.View) {
        if ($view.TableControl) {
            @{ Type = $view.ViewSelectedBy.TypeName; Labels = @($view.TableControl.TableHeaders.TableColumnHeader.Label) }
        }
    }
}

Describe 'The table of <Type>' -ForEach $views {
    BeforeAll {
        Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')) -Force

        # Values as long as they get.
        $samples = @{
            'InboundProvisioning.BulkUploadResult' = @{
                Index = 1234; Source = 'C:\HR\exports\2026\bulk-0001-of-1234.json'; Document = 2; IsPart = $true; FirstOperation = 26; OperationCount = 25
                StatusText = 'TooManyRequests'; Attempts = 10; Duration = [timespan]::FromSeconds(1234.5)
            }
            'InboundProvisioning.AttributeProposal' = @{
                Attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'; Column = 'Personalnummer des Vorgesetzten'; Confidence = 'Medium'; Check = $true; Example = '0000000004711'
                Reason = "by name; 100 of 100 different values are values of 'Personalnummer'"
            }
            'InboundProvisioning.PermissionGrant' = @{
                Principal = 'API-driven provisioning to Microsoft Entra ID'; Permission = 'SynchronizationData-User.Upload.OwnedBy'; Status = 'AlreadyGranted'
            }
            'InboundProvisioning.SchemaExtensionResult' = @{
                Attribute = 'SecondaryCostCenter'; Type = 'Reference'; Status = 'Existing'; TargetAttribute = 'extensionAttribute12'; MappingStatus = 'Existing'
                Seen = 'Integer in 998 of 1000 values, 2 empty; by its name an identifier, so String'
            }
            'InboundProvisioning.ProvisioningJob' = @{
                Status = 'NotConfigured'; Schedule = 'Disabled'; LastExecution = [pscustomobject] @{ Ended = [datetimeoffset]::Now; State = 'EntryLevelErrors' }
                JobId = 'API2AAD.0123456789abcdef0123456789abcdef.01234567-89ab-cdef-0123-456789abcdef'
            }
            'InboundProvisioning.ProvisioningChange' = @{
                ActivityDateTime = [datetimeoffset]::Now; SourceId = '7019841234567'; DisplayName = 'Maximiliane Mustermann-Beispiel'; Action = 'stagedDelete'; Status = 'failure'
                ErrorCode = 'AzureActiveDirectoryInvalidUserPrincipalName'
            }
            'InboundProvisioning.ProvisioningEvent' = @{
                ActivityDateTime = [datetimeoffset]::Now; SourceId = '7019841234567'; Action = 'stagedDelete'; Status = 'failure'
                ChangeId = '01234567-89ab-cdef-0123-456789abcdef'; ErrorCode = 'AzureActiveDirectoryInvalidUserPrincipalName'
            }
            'InboundProvisioning.PlannedChange' = @{
                Kind = 'Deactivated'; ExternalId = '7019841234567'
                Attributes = [pscustomobject] @{ Attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter'; OldValue = 'CC1238'; NewValue = 'CC4056' }
            }
            'InboundProvisioning.ShownAttribute' = @{
                Attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'; Value = 'maximiliane.mustermann@contoso.com'; Type = 'dateTime'
                Origin = 'Column'; Columns = @([pscustomobject] @{ Name = 'A column with a long name'; Text = 'x' }); Problems = @('The value is too long for its column.')
            }
            'InboundProvisioning.PayloadDifference' = @{
                Kind = 'Changed'; ExternalId = '7019841234567'
                Attributes = [pscustomobject] @{ Attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter'; OldValue = 'CC1238'; NewValue = 'CC4056' }
            }
            'InboundProvisioning.PlannedAttribute' = @{
                Attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'; Changed = 1234567; BecomesEmpty = 1234567; ClearsInDirectory = $false
            }
            'InboundProvisioning.SafeguardStop' = @{
                Name = 'AttributeChangeLimit:title'; Count = 1234567; Allowed = 1234567; Base = 1234567; Since = [datetimeoffset]::Now; CanBeApproved = $true
                Reason = '1,234,567 people for whom title would change; -AttributeChangeLimit 30% allows 300,000 of 1,000,000 people.'
            }
            'InboundProvisioning.SafeguardSetting' = @{ Name = 'AttributeChangeLimit'; Limit = 'Unlimited'; Source = 'default'; Allowed = 1234567; Floor = 50; Cap = 500 }
            'InboundProvisioning.ProvisioningRecord' = @{
                ExternalId = '7019841234567'; Status = 'Succeeded'; Action = 'stagedDelete'; OutcomeOn = [datetimeoffset]::Now
                ErrorCode = 'AzureActiveDirectoryInvalidUserPrincipalName'
            }
            'InboundProvisioning.ProvisioningRun' = @{
                RunId = 12345; StartedOn = [datetimeoffset]::Now; Status = 'NothingToDo'; ExitCode = 4; Rows = 1234567; New = 12345; Changed = 123456; Failed = 12345; Accepted = 1234567
            }
            'InboundProvisioning.PayloadFinding' = @{
                ExternalId = '7019841234567'; Severity = 'Warning'; RuleName = 'UserNameCharacter'
                Message = "userName has a character that no sign-in name may have: 'é' in 'josé.silva@contoso.com'."
            }
            'InboundProvisioning.PlanApproval' = @{
                PlanId = '0555F95DD3E4'; ApprovedOn = [datetimeoffset]::Now; ExpiresOn = [datetimeoffset]::Now; ApprovedBy = 'CONTOSO\maximiliane.mustermann'; Reason = 'The site in Hamburg was closed'
            }
        }
        # The folder that a type comes from is of no interest here.
        $sample = $samples['InboundProvisioning.' + $Type.Split('.')[-1]]
    }

    It 'has a sample here' {
        $sample | Should -Not -BeNullOrEmpty
    }

    It 'fits 80 columns, with every heading in one piece' {
        $object = [pscustomobject] $sample
        $object.PSObject.TypeNames.Insert(0, $Type)
        $lines = @(($object, $object | Format-Table | Out-String -Width 80) -replace '\e\[[0-9;]*m' -split '\r?\n' | Where-Object { $_.Trim() -and $_ -notmatch '^   \w+: ' })
        $lines[0].Trim() -split '\s+' | Should -Be $Labels
        $lines[1].Trim() | Should -Match '^[- ]+$'
        ($lines | Measure-Object -Maximum Length).Maximum | Should -BeLessOrEqual 80
    }

    It 'leaves at least ten columns for a value of any length' {
        $lines = @(([pscustomobject] $sample | ForEach-Object { $_.PSObject.TypeNames.Insert(0, $Type); $_ } | Format-Table | Out-String -Width 80) -replace '\e\[[0-9;]*m' -split '\r?\n' | Where-Object { $_.Trim() -and $_ -notmatch '^   \w+: ' })
        80 - $lines[0].LastIndexOf($Labels[-1]) | Should -BeGreaterOrEqual 9
    }
}

Describe 'The colour of a view' {
    BeforeAll {
        Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')) -Force
        $format = [xml] (Get-Content -Raw ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'InboundProvisioning.Format.ps1xml')))
        $none = $env:NO_COLOR
        $rendering = $PSStyle.OutputRendering
        $stop = [pscustomobject] @{ PSTypeName = 'InboundProvisioning.Sync.Safeguards.SafeguardStop'; Name = 'MissingLimit'; Count = 1; Allowed = 0; Reason = 'x' }
        $numbers = @{ Rows = 1; Rejected = 0; New = 0; Changed = 1; Unchanged = 0; Reactivated = 0; Deactivated = 0; Missing = 0; Held = 0; Waiting = 0; CallsLeft = 1999 }
        $bad = @{
            PayloadFinding = 'Checks.PayloadFinding', @{ ExternalId = '1'; Severity = 'Error'; RuleName = 'x'; Message = 'x' }
            ProvisioningChange = 'Logs.ProvisioningChange', @{ SourceId = '1'; Status = 'failure' }
            ProvisioningEvent = 'Logs.ProvisioningEvent', @{ SourceId = '1'; Status = 'failure'; ChangeId = 'x' }
            ProvisioningRecord = 'State.ProvisioningRecord', @{ ExternalId = '1'; Status = 'Failed' }
            ProvisioningRun = 'Sync.ProvisioningRun', @{ RunId = 1; StartedOn = [datetimeoffset]::Now; Status = 'Stopped'; ExitCode = 2 }
            BulkUploadResult = 'Upload.BulkUploadResult', @{ Index = 1; Source = 'x'; StatusText = 'BadRequest'; IsAccepted = $false; Duration = [timespan]::Zero }
            ShownAttribute = 'Preview.ShownAttribute', @{ ExternalId = '1'; Attribute = 'title'; Origin = 'Constant'; Problems = @('x') }
            SafeguardStop = 'Sync.Safeguards.SafeguardStop', @{ Name = 'MissingLimit'; Count = 1; Allowed = 0; Reason = 'x' }
            SyncResult = 'Sync.SyncResult', ($numbers + @{ Status = 'Stopped'; ExitCode = 2; RunId = 1; StartedOn = [datetimeoffset]::Now; Duration = [timespan]::Zero; Sent = 0; Accepted = 0; Refused = 0; Left = 0; Calls = 1; Warnings = 1; Stops = @($stop) })
            ProvisioningPlan = 'Sync.ProvisioningPlan', ($numbers + @{ PlanId = 'x'; CreatedOn = [datetimeoffset]::Now; Records = 1; Calls = 1; Minutes = 0; InDoubt = 0; Attributes = @(); Stops = @($stop) })
        }

        function Show-Bad([string] $Name) {
            $object = [pscustomobject] $bad[$Name][1]
            $object.PSObject.TypeNames.Insert(0, 'InboundProvisioning.' + $bad[$Name][0])
            $object | Out-String -Width 80
        }
    }

    AfterEach {
        $env:NO_COLOR = $none
        $PSStyle.OutputRendering = $rendering
    }

    Context '<_>' -ForEach PayloadFinding, ProvisioningChange, ProvisioningEvent, ProvisioningRecord, ProvisioningRun, BulkUploadResult, ShownAttribute, SafeguardStop, SyncResult, ProvisioningPlan {
        It 'shows what went wrong in red' {
            $env:NO_COLOR = $null
            $PSStyle.OutputRendering = 'Ansi'
            Show-Bad $_ | Should -Match ([regex]::Escape($PSStyle.Foreground.BrightRed))
        }

        It 'is none with NO_COLOR, as plain text, and without $PSStyle' {
            $red = [regex]::Escape($PSStyle.Foreground.BrightRed)
            $PSStyle.OutputRendering = 'Ansi'
            $env:NO_COLOR = '1'
            Show-Bad $_ | Should -Not -Match $red
            $env:NO_COLOR = $null
            $PSStyle.OutputRendering = 'PlainText'
            Show-Bad $_ | Should -Not -Match $red

            # As in Windows PowerShell 5.1: the variable cannot be taken away here, so the scripts of the view run where it is empty.
            $PSStyle.OutputRendering = 'Ansi'
            $scripts = @($format.SelectNodes("//View[ViewSelectedBy/TypeName='InboundProvisioning.$($bad[$_][0])']//ScriptBlock[contains(., 'PSStyle')]"))
            $scripts.Count | Should -BeGreaterThan 0
            foreach ($script in $scripts) {
                $variables = [System.Collections.Generic.List[psvariable]] @([psvariable]::new('_', [pscustomobject] $bad[$_][1]), [psvariable]::new('PSStyle', $null))
                "$([scriptblock]::Create($script.InnerText).InvokeWithContext($null, $variables))" | Should -Not -Match '\e'
            }
        }
    }

    It 'leaves one of a thing in the singular, and no line over 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $result = Show-Bad SyncResult
        $result | Should -Match '(?m)^ +1 row  .+\r?\n'
        $result | Should -Match '(?m)^ +1 call  +1,999 calls left of the day\r?$'
        $result | Should -Match '(?m)^ +1 finding  +of a record that went all the same: see Findings\r?$'
        $plan = Show-Bad ProvisioningPlan
        $plan | Should -Match '(?m)^1 record in 1 call \(1,999 left of the day\)\r?$'
        ("$result`n$plan" -split '\r?\n' | Measure-Object -Maximum Length).Maximum | Should -BeLessOrEqual 80
    }
}
