#if !NET
using System;
using SQLitePCL;

namespace InboundProvisioning.State.Native;

/// <summary>Hands out the functions of one loaded library, so that no look-up by name can lead to another.</summary>
internal sealed class NativeFunctions : IGetFunctionPointer
{
    private readonly NativeFile _library;

    /// <summary>Hands out the functions of a library.</summary>
    public NativeFunctions(NativeFile library)
    {
        _library = library;
    }

    /// <inheritdoc/>
    public IntPtr GetFunctionPointer(string name) => _library.FunctionAddress(name);
}
#endif
