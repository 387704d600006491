# Nothing is fetched from the PowerShell Gallery while the app starts: InboundProvisioning lies in Modules/, in the version that was tried.
@{}
