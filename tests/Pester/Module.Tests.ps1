#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $manifestPath = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')
    $cmdlets = (Import-PowerShellDataFile -Path $manifestPath).CmdletsToExport
}

Describe 'The module' {
    BeforeAll {
        $manifestPath = [System.IO.Path]::GetFullPath(
            [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1'))
        $expected = (Import-PowerShellDataFile -Path $manifestPath).CmdletsToExport | Sort-Object
        Get-Module InboundProvisioning -All | Remove-Module -Force

        function Get-OwnParameter([string] $Name) {
            $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
            (Get-Command -Name $Name).Parameters.Keys | Where-Object { $_ -notin $common }
        }

        $functionsBefore = @(Get-Command -CommandType Function | ForEach-Object Name)
        $aliasesBefore = @(Get-Alias | ForEach-Object Name)
        Import-Module $manifestPath
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest -Path $manifestPath).Name | Should -Be 'InboundProvisioning'
    }

    It 'exports the cmdlets of its manifest' {
        Get-Command -Module InboundProvisioning | ForEach-Object Name | Sort-Object | Should -Be $expected
    }

    It 'leaves no function or alias in the session' {
        Get-Command -CommandType Function | ForEach-Object Name | Where-Object { $_ -notin $functionsBefore } | Should -BeNullOrEmpty
        Get-Alias | ForEach-Object Name | Where-Object { $_ -notin $aliasesBefore } | Should -BeNullOrEmpty
    }

    It 'has verbs that PowerShell approves' {
        $approved = Get-Verb | ForEach-Object Verb
        Get-Command -Module InboundProvisioning | Where-Object Verb -NotIn $approved | Should -BeNullOrEmpty
    }

    It 'has its cmdlets after a second import with -Force' {
        Import-Module $manifestPath -Force
        Get-Command -Module InboundProvisioning | ForEach-Object Name | Sort-Object | Should -Be $expected
        Get-Module InboundProvisioning | Should -HaveCount 1
    }

    It 'can be removed and imported again' {
        Remove-Module InboundProvisioning
        Get-Command -Name $expected -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-Module $manifestPath
        Get-Command -Module InboundProvisioning | ForEach-Object Name | Sort-Object | Should -Be $expected
    }

    It '<_> is known to Get-Help with all its parameters' -ForEach $cmdlets {
        $help = Get-Help -Name $_ -Full
        $help.Name | Should -Be $_
        Get-OwnParameter $_ | Where-Object { $_ -notin $help.parameters.parameter.name } | Should -BeNullOrEmpty
    }

    It '<_> has help with a synopsis, a description, an example and a text for every parameter' -ForEach $cmdlets {
        $help = Get-Help -Name $_ -Full
        # Without a page of its own a cmdlet's synopsis is its syntax.
        $help.Synopsis.Trim() | Should -Not -BeLike "$_ *"
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Description | Should -Not -BeNullOrEmpty
        $help.Examples.Example | Should -Not -BeNullOrEmpty
        $described = $help.parameters.parameter | Where-Object description | ForEach-Object name
        Get-OwnParameter $_ | Where-Object { $_ -notin $described } | Should -BeNullOrEmpty
    }
}
