# Get-Help of the built module, as users see it.

BeforeDiscovery {
    $manifest = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'InboundProvisioning', 'InboundProvisioning.psd1')
    Import-Module $manifest -Force
    $commands = (Get-Module InboundProvisioning).ExportedCommands.Keys | ForEach-Object { @{ Name = $_ } }
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $parameters = foreach ($command in $commands) {
        (Get-Command $command.Name).Parameters.Keys | Where-Object { $common -notcontains $_ } | ForEach-Object {
            @{ Name = $command.Name; Parameter = $_ }
        }
    }
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
    }

    It 'has a synopsis of its own' {
        # What PowerShell makes up where there is no help is the syntax.
        $help.Synopsis | Should -Match '^[A-Z][^\[]+\.$'
    }

    It 'has a description' {
        $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has three examples at least, each with code and words' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $example.code | Should -Not -BeNullOrEmpty
            $example.title | Should -Not -BeNullOrEmpty
        }
    }

    It 'documents no parameter that does not exist' {
        $known = @((Get-Command $Name).Parameters.Keys)
        @($help.parameters.parameter | Where-Object { $_ } | ForEach-Object name | Where-Object { $known -notcontains $_ }) | Should -BeNullOrEmpty
    }

    It 'has the syntax of each parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be @((Get-Command $Name).ParameterSets).Count
    }
}

Describe 'Help of <Name> -<Parameter>' -ForEach $parameters {
    It 'has a text' {
        (Get-Help $Name -Parameter $Parameter).description.Text | Should -Not -BeNullOrEmpty
    }
}

Describe 'Help of the module' {
    It 'has an about topic' {
        Get-Help about_InboundProvisioning | Out-String | Should -Match 'SHORT DESCRIPTION'
        Get-Help about_AttributeMapping | Out-String | Should -Match 'SHORT DESCRIPTION'
    }

    It 'is found after a second import with -Force' {
        $manifest = (Get-Module InboundProvisioning).Path -replace 'psm1$', 'psd1'
        Import-Module $manifest -Force
        (Get-Help Test-ScimAttributeMapping).Synopsis | Should -Match '^Checks an attribute mapping'
    }
}
