# Examples of a page as they stand there: the files that it shows, the code, and what that prints.

# The examples under the headings of a level, each a list of steps: a file (```csv name), code (```powershell), or its output (```output).
# With a section only those in it.
function Get-PageExample([string] $Path, [string] $Heading = '##', [string] $Section) {
    $example = $null
    $step = $null
    $inside = -not $Section
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
        if ($Section -and -not $step -and $line -match '^## (.+)') {
            $inside = $Matches[1] -eq $Section
            continue
        }

        if (-not $inside) { continue }

        if ($step) {
            if ($line.StartsWith('```')) {
                $example.Steps.Add([pscustomobject] @{ Kind = $step.Kind; Name = $step.Name; Text = $step.Lines -join "`n" })
                $step = $null
            } else {
                $step.Lines.Add($line)
            }
        } elseif ($line -match "^$Heading (.+)") {
            if ($example.Steps.Count) { $example }
            $example = [pscustomobject] @{ Title = $Matches[1]; Steps = [System.Collections.Generic.List[object]]::new() }
        } elseif ($example -and $line -match '^```(csv|powershell|output)\s*(.*)$') {
            $step = [pscustomobject] @{ Kind = $Matches[1]; Name = $Matches[2]; Lines = [System.Collections.Generic.List[string]]::new() }
        }
    }
    if ($example.Steps.Count) { $example }
}

# Runs an example in the folder that is current, and gives what each code with an output beside it prints on 80 columns, and that output.
function Invoke-PageExample($Example) {
    $printed = $null
    foreach ($step in $Example.Steps) {
        switch ($step.Kind) {
            'csv' { [System.IO.File]::WriteAllText((Join-Path $PWD.ProviderPath $step.Name), $step.Text + "`n") }
            'powershell' { $printed = . ([scriptblock]::Create($step.Text)) | Out-String -Width 80 }
            'output' { [pscustomobject] @{ Printed = ConvertTo-PlainText $printed; Expected = ConvertTo-PlainText $step.Text } }
        }
    }
}

# Without colours, and without white space that nobody sees.
function ConvertTo-PlainText([string] $Text) {
    (@($Text -replace '\e\[[0-9;]*m' -split '\r?\n' | ForEach-Object TrimEnd) -join "`n").Trim("`n")
}

# What a console of 80 columns shows of a code's output: errors, warnings and long texts are one line each, which nothing breaks.
function ConvertTo-ConsoleText([object[]] $Output) {
    $lines = [System.Collections.Generic.List[string]]::new()
    $shown = foreach ($item in $Output) {
        $line = switch ($item) {
            { $_ -is [System.Management.Automation.ErrorRecord] } { "$(if ($_.InvocationInfo.MyCommand) { "$($_.InvocationInfo.MyCommand.Name): " })$_" }
            { $_ -is [System.Management.Automation.WarningRecord] } { "WARNING: $_" }
            { $_ -is [System.Management.Automation.VerboseRecord] } { "VERBOSE: $_" }
            { $_ -is [System.Management.Automation.InformationRecord] -or $_ -is [string] } { "$_" }
        }
        if ($null -eq $line) {
            $item
        } else {
            "<$($lines.Count)>"
            $lines.Add($line)
        }
    }

    $text = ConvertTo-PlainText ($shown | Out-String -Width 80)
    [regex]::Replace($text, '(?m)^<(\d+)>$', { param($match) $lines[[int] $match.Groups[1].Value] })
}

# A text without what differs from run to run and from machine to machine, and with single blanks, to be compared.
function ConvertTo-ComparableText([string] $Text) {
    # JSON that a page breaks to be read is one line, and so is a value that Format-List breaks. At the end of a line a blank gets lost, so
    # such a value has none here.
    if ($Text.StartsWith('{"')) { $Text = $Text -replace '\r?\n' }
    $lines = [System.Collections.Generic.List[string]]::new()
    $indent = 0
    foreach ($line in (ConvertTo-PlainText $Text) -split '\n') {
        if ($indent -and $line -match "^ {$indent}\S") {
            $lines[$lines.Count - 1] += $line.Substring($indent) -replace ' '
            continue
        }

        $indent = if ($line -match '^(\w+ +: )(.*)') { $Matches[1].Length } else { 0 }
        if ($indent) { $line = $Matches[1] + ($Matches[2] -replace ' ') }
        if ($line) { $lines.Add($line) }
    }

    $guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
    $masks = @(
        "API2A(?:AD|D)\.[0-9a-f]{32}\.$guid", '<job>'
        $guid, '<guid>'
        '(?<![0-9A-F])[0-9A-F]{40}(?![0-9A-F])', '<thumbprint>'
        '\b[0-9A-F]{12}\b', '<plan>'
        '\b\d{8}T\d{6}Z?\b|(?<=damaged-)\d{14}\b', '<time>'
        '\b\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC', '<time>'
        '\b(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})[T ]?\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?: ?[AP]M)?(?:Z| ?[+-]\d\d:\d\d)?', '<time>'
        '\b(?:\d+\.)?\d\d:\d\d:\d\d(?:\.\d+)?\b', '<duration>'
        '\b\d+(?:\.\d+)? s\b', '<duration>'
        'https://(?:localhost:\d+|graph\.microsoft\.com|login\.microsoft\.com)(?:/device(?:login)?)?', '<service>'
        "(?<![\w<>:/])(?:[A-Z]:\\|/)(?:[^\s'"":/\\]+[/\\])*(?=[^\s/\\]+\.(?:csv|db|json|psd1|html|md|pem)\b)", '<folder>'
        "\bCONTOSO\\jo\b|(?<![\w.])(?:[\w.-]+\\)?$([regex]::Escape([System.Environment]::UserName))(?![\w.@])", '<account>'
        '(?<=enter the code )\w+', '<code>'
        '[ \t\u00a0]+', ' '
        '-{2,}', '--'
    )
    $text = $lines -join "`n"
    for ($i = 0; $i -lt $masks.Count; $i += 2) {
        $text = $text -creplace $masks[$i], $masks[$i + 1]
    }

    (@($text -split '\n' | ForEach-Object Trim) -join "`n")
}
