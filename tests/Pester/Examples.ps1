# Examples of a page as they stand there: the files that it shows, the code, and what that prints.

# The examples under the headings of a level, each a list of steps: a file (```csv name), code (```powershell), or its output (```output).
function Get-PageExample([string] $Path, [string] $Heading = '##') {
    $example = $null
    $step = $null
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
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
