namespace AuthModule.Profiles.Chain;

/// <summary>A way on which a person acts.</summary>
internal interface IPersonWay : ISignInWay;
