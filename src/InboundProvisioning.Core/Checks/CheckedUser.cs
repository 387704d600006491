using System;
using System.Collections.Generic;
using System.Text;

namespace InboundProvisioning.Checks;

/// <summary>What the check of one user came to; it is good until the next one.</summary>
internal sealed class CheckedUser
{
    private readonly byte[]?[] _texts = new byte[3][];
    private readonly int[] _lengths = new int[3];

    /// <summary>What was found.</summary>
    public List<UserFinding> Findings { get; } = [];

    /// <summary>What active says; null where it is missing or no Boolean.</summary>
    public bool? Active { get; set; }

    /// <summary>The externalId, unescaped UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> ExternalId => Text(0);

    /// <summary>The userName.</summary>
    public ReadOnlySpan<byte> UserName => Text(1);

    /// <summary>The externalId of the manager.</summary>
    public ReadOnlySpan<byte> Manager => Text(2);

    /// <summary>The externalId as text, or null.</summary>
    public string? ExternalIdText => _lengths[0] == 0 ? null : Encoding.UTF8.GetString(_texts[0]!, 0, _lengths[0]);

    public void Clear()
    {
        Findings.Clear();
        Active = null;
        _lengths[0] = _lengths[1] = _lengths[2] = 0;
    }

    public void SetExternalId(ReadOnlySpan<byte> text) => Set(0, text);

    public void SetUserName(ReadOnlySpan<byte> text) => Set(1, text);

    public void SetManager(ReadOnlySpan<byte> text) => Set(2, text);

    private ReadOnlySpan<byte> Text(int which) => _texts[which] is { } text ? text.AsSpan(0, _lengths[which]) : default;

    private void Set(int which, ReadOnlySpan<byte> text)
    {
        if (_texts[which] is not { } target || target.Length < text.Length)
        {
            _texts[which] = target = new byte[Math.Max(256, text.Length)];
        }

        text.CopyTo(target);
        _lengths[which] = text.Length;
    }
}
