namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the names of common encodings.</summary>
public sealed class EncodingCompleter() : TermCompleter(
[
    "utf8", "unicode", "bigendianunicode", "utf32", "latin1", "ansi", "oem",
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "iso-8859-2", "iso-8859-15", "shift_jis", "gb18030",
]);
