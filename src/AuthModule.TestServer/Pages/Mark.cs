namespace AuthModule.TestServer.Pages;

/// <summary>The drawing at the top of a page.</summary>
internal static class Mark
{
    public static Html Key { get; } = Of(string.Empty, string.Empty, "M17.5 11.5a6 6 0 1 1-12 0a6 6 0 0 1 12 0M15.8 15.8L26.5 26.5M23 23l3.2-3.2M18.8 18.8l2.6-2.6");

    public static Html Device { get; } = Of(string.Empty, string.Empty, "M5 7h22v14H5zM11 26h10M16 21v5");

    public static Html Good { get; } = Of(" good", "Success", "M7 17l6 6L25 10");

    public static Html Bad { get; } = Of(" bad", "Failure", "M9 9l14 14M23 9L9 23");

    public static Html Check { get; } = new("<svg width=\"16\" height=\"16\" viewBox=\"0 0 32 32\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"4.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"M5 17l8 8L28 8\"/></svg>");

    private static Html Of(string style, string label, string path) => Html.Of(
        $"""<div class="mark{style}"><svg width="30" height="30" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round" {(label.Length == 0 ? new Html("aria-hidden=\"true\"") : Html.Of($"role=\"img\" aria-label=\"{label}\""))}><path d="{path}"/></svg></div>""");
}
