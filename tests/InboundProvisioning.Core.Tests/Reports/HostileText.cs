namespace InboundProvisioning.Core.Tests.Reports;

/// <summary>Values as somebody could write them into an HR system, to see what a report makes of them.</summary>
internal static class HostileText
{
    public static TheoryData<string> All =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><style>@import url(http://example.org)</style>",
        "</title></head><body onload=alert(1)>",
        "&lt;b&gt;&#60;i>",
        "\u202Egnp.exe\u202C \u200B\u2066x",
        "\0\u0001\u0007\u001B[31m\r\n\t\u007F\u0085\u2028",
        "\uD800 alone, \uDC00 alone",
        "javascript:alert(1)",
        "`code` | cell | [link](http://example.org) <!-- --> @team #1 **bold**",
        new string('<', 20_000),
    ];
}
