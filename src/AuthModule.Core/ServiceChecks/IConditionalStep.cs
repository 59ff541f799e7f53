namespace AuthModule.ServiceChecks;

/// <summary>A step that some calls have nothing for: it is then left out, instead of saying so each time.</summary>
internal interface IConditionalStep : IDiagnosisStep
{
    bool IsMeant(DiagnosisContext context);
}
