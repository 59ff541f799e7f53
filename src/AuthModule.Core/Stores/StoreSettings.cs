using System;
using AuthModule.Platform;

namespace AuthModule.Stores;

/// <summary>What stores are made with.</summary>
internal sealed record StoreSettings(TimeProvider Clock, IEnvironment Environment);
