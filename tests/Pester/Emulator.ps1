# What the tests that call the service share: dot-source it in BeforeAll.

# Starts the emulator with arguments; its first line is its address. It ends when its input is closed.
function Start-Emulator([string[]] $Argument) {
    $bin = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'src', 'InboundProvisioning.Emulator', 'bin')
    $program = Get-ChildItem -Path $bin -Filter InboundProvisioning.Emulator.dll -Recurse | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [System.Diagnostics.ProcessStartInfo] @{
        FileName = 'dotnet'; RedirectStandardInput = $true; RedirectStandardOutput = $true; UseShellExecute = $false
        Arguments = "`"$($program.FullName)`" --until-stdin-closes $Argument"
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $process | Add-Member -NotePropertyName Address -NotePropertyValue ($process.StandardOutput.ReadLine() | ConvertFrom-Json) -PassThru
}

# What Connect-InboundProvisioning takes to sign in to it, and to mean its job.
function Get-EmulatorSignIn($Address) {
    @{
        GraphEndpoint              = $Address.graph
        AuthorityHost              = $Address.authority
        TrustedRootCertificatePath = $Address.caCertificatePath
        TenantId                   = $Address.tenantId
        ClientId                   = $Address.clientId
        ClientSecret               = ConvertTo-SecureString $Address.clientSecret -AsPlainText -Force
        ServicePrincipalId         = $Address.servicePrincipalId
        JobId                      = $Address.jobId
    }
}

function Stop-Emulator($Process) {
    if ($Process) {
        $Process.StandardInput.Close()
        $null = $Process.WaitForExit(10000)
    }
}
