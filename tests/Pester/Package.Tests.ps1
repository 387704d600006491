#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What ./build.ps1 -Task Package makes, and that it is installed, imported and run in a PowerShell of its own.
Describe 'The package' {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $moduleFolder = [System.IO.Path]::Combine($root, 'output', 'InboundProvisioning')
        $packageFolder = [System.IO.Path]::Combine($root, 'output', 'package')
        $packager = Get-ChildItem ([System.IO.Path]::Combine($root, 'tools', 'InboundProvisioning.Packager', 'bin')) -Filter InboundProvisioning.Packager.dll -Recurse |
            Sort-Object LastWriteTime | Select-Object -Last 1
        $configuration = $packager.Directory.Parent.Name
        $manifest = Import-PowerShellDataFile ([System.IO.Path]::Combine($moduleFolder, 'InboundProvisioning.psd1'))
        $version = $manifest.ModuleVersion

        Add-Type -AssemblyName System.IO.Compression.FileSystem
        function Expand-Package([string] $Path, [string] $Target) {
            [System.IO.Compression.ZipFile]::ExtractToDirectory($Path, $Target)
            $Target
        }

        # Each file of a folder with its hash.
        function Get-Content256([string] $Folder) {
            Get-ChildItem -LiteralPath $Folder -Recurse -File | ForEach-Object {
                $name = [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/')
                "$name $((Get-FileHash -LiteralPath $_.FullName).Hash.ToLowerInvariant())"
            }
        }

        # A PowerShell of its own, with a home of its own: what it installs and registers is gone with it.
        function Invoke-Alone([string] $Script, [string[]] $Argument) {
            $private = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName

            # Without this folder NuGet keeps its settings where it was started.
            $null = New-Item -ItemType Directory (Join-Path $private '.config')
            $start = [System.Diagnostics.ProcessStartInfo] @{
                FileName = [System.Environment]::ProcessPath; WorkingDirectory = $private
                RedirectStandardOutput = $true; RedirectStandardError = $true; RedirectStandardInput = $true
            }
            @([System.Environment]::GetCommandLineArgs()[0], '-NoProfile', '-NonInteractive', '-File', $Script) + $Argument | ForEach-Object { $start.ArgumentList.Add($_) }
            foreach ($name in 'HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA') {
                $start.Environment[$name] = $private
            }
            foreach ($name in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME') {
                $null = $start.Environment.Remove($name)
            }
            $null = $start.Environment.Remove('PSModulePath')
            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.Close()
            $fault = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            [pscustomobject] @{ ExitCode = $process.ExitCode; Output = $output + $fault.Result }
        }

        $made = & ([System.IO.Path]::Combine($root, 'build.ps1')) -Task Package -Configuration $configuration
        $nupkg = Join-Path $packageFolder "InboundProvisioning.$version.nupkg"
        $zip = Join-Path $packageFolder 'InboundProvisioning.zip'
        $unpacked = Expand-Package $nupkg (Join-Path $TestDrive 'nupkg')
        $bill = Get-Content (Join-Path $packageFolder "InboundProvisioning.$version.cdx.json") -Raw | ConvertFrom-Json
    }

    It 'says what it has made: package, zip file, bill of materials and sums' {
        $made | Split-Path -Leaf | Should -Be "InboundProvisioning.$version.cdx.json", "InboundProvisioning.$version.nupkg", 'InboundProvisioning.zip', 'SHA256SUMS'
        $made | Should -Exist
    }

    It 'is the same byte for byte, made from another folder at another time' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Item $moduleFolder $copy -Recurse
        Get-ChildItem $copy -Recurse -File | ForEach-Object { $_.LastWriteTime = '2001-02-03' }
        $again = Join-Path $TestDrive 'again'
        $null = & ([System.IO.Path]::Combine($root, 'build', 'Package.ps1')) -ModuleFolder $copy -OutputFolder $again -Configuration $configuration
        Get-Content256 $again | Should -Be (Get-Content256 $packageFolder)
    }

    It 'has the sums of its files, as sha256sum reads them' {
        $sums = Get-Content (Join-Path $packageFolder 'SHA256SUMS')
        $sums | Should -HaveCount 3
        $sums | ForEach-Object { $_ -cmatch '^([0-9a-f]{64})  (\S+)$' | Should -BeTrue; "$($Matches[2]) $($Matches[1])" } |
            Should -Be (Get-Content256 $packageFolder | Where-Object { $_ -notlike 'SHA256SUMS*' })
    }

    It 'is the staged module, its licences and its bill of materials, and nothing else' {
        $expected = @(Get-Content256 $moduleFolder) + @(Get-Content256 $unpacked | Where-Object { $_ -match '^(THIRD-PARTY-NOTICES\.txt|InboundProvisioning\.cdx\.json) ' })
        $found = Get-Content256 $unpacked | Where-Object { $_ -notmatch '^(\[Content_Types\]\.xml|_rels/|package/|InboundProvisioning\.nuspec)' }
        $found | Sort-Object | Should -Be ($expected | Sort-Object)
        $expected | Should -HaveCount ((Get-ChildItem $moduleFolder -Recurse -File).Count + 2)
    }

    It 'has in its zip file one folder with the module''s name, as Azure Automation wants it' {
        $folder = Expand-Package $zip (Join-Path $TestDrive 'zip')
        (Get-ChildItem $folder).Name | Should -Be 'InboundProvisioning'
        $inner = Join-Path $folder 'InboundProvisioning'
        Get-Content256 $inner | Sort-Object | Should -Be (Get-Content256 $unpacked | Where-Object { $_ -notmatch '^(\[Content_Types\]\.xml|_rels/|package/|InboundProvisioning\.nuspec)' } | Sort-Object)

        # https://learn.microsoft.com/azure/automation/shared-resources/modules: no path beyond 140 characters.
        (Get-Content256 $folder | ForEach-Object { $_.LastIndexOf(' ') } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 140
    }

    It 'describes itself as PowerShell''s own command would' {
        Compress-PSResource -Path $moduleFolder -DestinationPath $TestDrive
        $own = Expand-Package (Join-Path $TestDrive "InboundProvisioning.$version.nupkg") (Join-Path $TestDrive 'own')
        $expected = ([xml] (Get-Content (Join-Path $own 'InboundProvisioning.nuspec') -Raw)).package.metadata
        $found = ([xml] (Get-Content (Join-Path $unpacked 'InboundProvisioning.nuspec') -Raw)).package.metadata
        $found.ChildNodes | ForEach-Object { "$($_.LocalName): $($_.InnerText)" } |
            Should -Be ($expected.ChildNodes | ForEach-Object { "$($_.LocalName): $($_.InnerText)" })
    }

    Context 'its bill of materials' {
        BeforeAll {
            $files = @($bill.metadata.component.components) + @($bill.components.components)
        }

        It 'names each library that ships, with its hash, and no other' {
            $libraries = Get-Content256 $moduleFolder | Where-Object { $_ -match '\.(dll|so|dylib) ' }
            $files | Where-Object name -Match '\.(dll|so|dylib)$' | ForEach-Object { "$($_.name) $($_.hashes[0].content)" } | Sort-Object |
                Should -Be ($libraries | Sort-Object)
        }

        It 'names each other file too' {
            $files.name | Sort-Object | Should -Be (
                Get-ChildItem $unpacked -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($unpacked, $_.FullName).Replace('\', '/') } |
                    Where-Object { $_ -notmatch '^(\[Content_Types\]\.xml|_rels/|package/|InboundProvisioning\.(nuspec|cdx\.json))' } | Sort-Object)
        }

        It 'names no package of which nothing ships, and no package twice' {
            $bill.components | Where-Object { -not $_.components } | Should -BeNullOrEmpty
            $bill.components.purl | Sort-Object -Unique | Should -HaveCount $bill.components.Count
            $bill.components.name | Should -Not -Contain 'Microsoft.NETFramework.ReferenceAssemblies'
            $bill.components.name | Should -Contain 'SQLite'
            $bill.components | Where-Object scope -NE 'required' | Should -BeNullOrEmpty
        }

        It 'says the licence of each package, and that the module depends on some of them' {
            $bill.components | Where-Object { -not $_.licenses } | Should -BeNullOrEmpty
            $bill.dependencies[0].ref | Should -Be "pkg:nuget/InboundProvisioning@$version"
            $bill.dependencies[0].dependsOn | Should -Contain "$(($bill.components | Where-Object name -EQ 'CsvHelper').purl)"
            $bill.dependencies.dependsOn | Where-Object { $_ -notin $bill.components.purl } | Should -BeNullOrEmpty
        }

        It 'has nothing that makes two of them differ' {
            $bill.PSObject.Properties.Name | Should -Not -Contain 'serialNumber'
            $bill.metadata.PSObject.Properties.Name | Should -Not -Contain 'timestamp'
        }
    }

    Context 'its notices' {
        BeforeAll {
            $notices = Get-Content (Join-Path $unpacked 'THIRD-PARTY-NOTICES.txt') -Raw
        }

        It 'tell of each package its licence and its files' {
            foreach ($component in $bill.components) {
                $notices | Should -Match "(?m)^$([regex]::Escape("$($component.name) $($component.version)"))\n    Licence: "
                $component.components.name | ForEach-Object { $notices | Should -Match "(?m)(^    Files:     |^               )$([regex]::Escape($_))$" }
            }
        }

        It 'have the text of each licence' {
            $sections = [regex]::Matches($notices, '(?m)^Licence of (.+)$') | ForEach-Object { $_.Groups[1].Value -split ', ' }
            $sections | Sort-Object | Should -Be ($bill.components | ForEach-Object { "$($_.name) $($_.version)" } | Sort-Object)
            $notices | Should -Match 'THE SOFTWARE IS PROVIDED "AS IS"'
            $notices | Should -Match 'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION[\s\S]+END OF TERMS AND CONDITIONS'
            $notices | Should -Match 'Redistributions in binary form must reproduce'
            $notices | Should -Match 'Public Domain'
        }
    }

    It 'is not made of a library that nobody knows the licence of' {
        $foreign = Join-Path $TestDrive 'foreign'
        Copy-Item $moduleFolder $foreign -Recurse
        Copy-Item ([System.IO.Path]::Combine($foreign, 'bin', 'net8.0', 'InboundProvisioning.Loader.dll')) ([System.IO.Path]::Combine($foreign, 'bin', 'net8.0', 'CsvHelper.dll'))
        $assets = [System.IO.Path]::Combine($root, 'module', 'obj', 'project.assets.json')
        $said = & dotnet $packager.FullName stage $foreign $assets (Join-Path $TestDrive 'staged') 2>&1
        $LASTEXITCODE | Should -Be 1
        "$said" | Should -BeLike '*bin/net8.0/CsvHelper.dll is of no package*'
    }

    It 'is not made unsigned where a signature was asked for and cannot be' -Skip:$IsWindows {
        $unsigned = Join-Path $TestDrive 'unsigned'
        { & ([System.IO.Path]::Combine($root, 'build', 'Package.ps1')) -OutputFolder $unsigned -Configuration $configuration -CertificateThumbprint 'AB12' } |
            Should -Throw 'Signing takes Windows*'
        $unsigned | Should -Not -Exist
    }

    It 'is not made under a tag that is not that of the manifest' {
        $tagged = Join-Path $TestDrive 'tagged'
        { & ([System.IO.Path]::Combine($root, 'build', 'Package.ps1')) -OutputFolder $tagged -Configuration $configuration -Tag "v9$version" } |
            Should -Throw "The tag v9$version is not that of version $version*"
        $tagged | Should -Not -Exist
    }

    It 'is published to a folder, installed from there, imported, and sends a file' {
        $gallery = (New-Item -ItemType Directory (Join-Path $TestDrive 'gallery')).FullName
        $script = Join-Path $TestDrive 'publish.ps1'
        Set-Content $script @'
param ($Nupkg, $Gallery, $Publish, $Test, $Pester, $Emulator)
$ErrorActionPreference = 'Stop'
Register-PSResourceRepository -Name Local -Uri $Gallery -Trusted
& $Publish -PackageFolder (Split-Path $Nupkg) -Repository Local
& $Test -PackageFolder $Gallery -Pester $Pester -Emulator $Emulator
exit $LASTEXITCODE
'@
        $test = [System.IO.Path]::Combine($root, 'tests', 'Package', 'Test-Package.ps1')
        $emulator = Get-ChildItem ([System.IO.Path]::Combine($root, 'src', 'InboundProvisioning.Emulator', 'bin')) -Filter InboundProvisioning.Emulator.dll -Recurse |
            Sort-Object LastWriteTime | Select-Object -Last 1
        $publish = [System.IO.Path]::Combine($root, 'build', 'Publish.ps1')
        $result = Invoke-Alone $script $nupkg, $gallery, $publish, $test, (Join-Path (Get-Module Pester).ModuleBase 'Pester.psd1'), $emulator.FullName
        $result.ExitCode | Should -Be 0 -Because $result.Output
        $result.Output | Should -Match 'Tests Passed: \d+, Failed: 0, Skipped: 0'
    }
}
