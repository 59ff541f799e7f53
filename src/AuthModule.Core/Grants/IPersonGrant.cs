namespace AuthModule.Grants;

/// <summary>
/// A grant that a person takes part in. It may take minutes, and the request proves nothing about who that person will be:
/// who makes the same request is not the same person.
/// </summary>
internal interface IPersonGrant : IGrant;
