namespace AuthModule.TestServer.Pages;

/// <summary>The look of every page, in the colours of the page that ends a sign-in: light and dark as the system is, nothing loaded.</summary>
internal static class PageStyle
{
    public const string Text = """

        :root { --paper: #f6f7f9; --card: #fff; --ink: #1b1f27; --soft: #59616e; --line: #e3e6eb; --field: #fff; --edge: #b9c0ca; --accent: #1f5fd0; --on-accent: #fff; --accent-hover: #184ea9; --tint: #e8effc; --good: #117a43; --good-tint: #e2f4e9; --bad: #b3261e; --bad-tint: #fbe6e4; --code: #f1f3f6; }
        @media (prefers-color-scheme: dark) { :root { --paper: #12151a; --card: #1b1f26; --ink: #eceef2; --soft: #a4adba; --line: #2c323c; --field: #14181e; --edge: #4a5361; --accent: #82b1ff; --on-accent: #0e1c33; --accent-hover: #a6c8ff; --tint: #1d2b44; --good: #63d394; --good-tint: #173525; --bad: #ff8a80; --bad-tint: #3d1d1b; --code: #14181e; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { width: min(27rem, 100%); padding: 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 .5rem 2rem rgb(0 0 0 / .07); }
        .mark { width: 3.5rem; height: 3.5rem; margin: 0 0 1.25rem; display: grid; place-items: center; border-radius: 1rem; background: var(--tint); color: var(--accent); }
        .mark.good { border-radius: 50%; background: var(--good-tint); color: var(--good); }
        .mark.bad { border-radius: 50%; background: var(--bad-tint); color: var(--bad); }
        h1 { margin: 0 0 .4rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
        h2 { margin: 0 0 .75rem; font-size: 1.05rem; letter-spacing: -.005em; }
        p { margin: .5rem 0 0; overflow-wrap: anywhere; }
        .soft { color: var(--soft); }
        .next { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
        a { color: var(--accent); }
        label { display: block; margin: 1.1rem 0 .35rem; font-weight: 600; font-size: .92rem; }
        input { width: 100%; padding: .65rem .8rem; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--edge); border-radius: .6rem; }
        input.code { font: 600 1.5rem/1.3 ui-monospace, Consolas, monospace; letter-spacing: .12em; text-align: center; text-transform: uppercase; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        button { padding: .7rem 1.1rem; font: inherit; font-weight: 600; border-radius: .6rem; border: 1px solid var(--edge); background: transparent; color: var(--ink); cursor: pointer; }
        button:hover { background: var(--code); }
        button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
        button.main:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
        button.link { padding: 0; border: 0; background: none; color: var(--accent); font-weight: inherit; text-decoration: underline; }
        .buttons { display: flex; gap: .75rem; margin-top: 1.6rem; }
        .buttons button { flex: 1; }
        .buttons .main { order: 2; }
        .problem { margin: 1.1rem 0 0; padding: .65rem .85rem; border-radius: .6rem; background: var(--bad-tint); color: var(--bad); font-size: .95rem; }
        ul.wishes { list-style: none; margin: 1.2rem 0 0; padding: 0; border: 1px solid var(--line); border-radius: .7rem; }
        ul.wishes li { display: flex; gap: .7rem; padding: .7rem .9rem; }
        ul.wishes li + li { border-top: 1px solid var(--line); }
        ul.wishes svg { flex: none; margin-top: .2rem; color: var(--good); }
        ul.wishes code { color: var(--soft); font-size: .82rem; }
        ul.wishes li > div { min-width: 0; overflow-wrap: anywhere; }
        code, pre { font-family: ui-monospace, "Cascadia Code", Consolas, monospace; font-size: .88rem; }
        pre { margin: 0; padding: .8rem .95rem; overflow-x: auto; background: var(--code); border-radius: .6rem; line-height: 1.5; }
        .usercode { display: block; margin: 1.2rem 0 0; padding: .8rem; text-align: center; border-radius: .7rem; background: var(--tint); font-size: 1.6rem; font-weight: 600; letter-spacing: .12em; }
        details pre { margin-top: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        summary { cursor: pointer; }
        body.wide { display: block; padding: 2.5rem 1.5rem 4rem; }
        .wide header, .wide main { width: min(64rem, 100%); margin: 0 auto; }
        .wide header { display: flex; gap: 1.1rem; align-items: center; margin-bottom: 1.75rem; }
        .wide header .mark { margin: 0; flex: none; }
        .wide header p { margin: 0; }
        .wide main { padding: 0; background: none; border: 0; box-shadow: none; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; }
        section { padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; min-width: 0; }
        section.all { grid-column: 1 / -1; }
        .command { margin-top: 1.1rem; }
        .command > div { display: flex; gap: .75rem; align-items: center; justify-content: space-between; margin-bottom: .35rem; }
        .command h3 { margin: 0; font-size: .9rem; font-weight: 600; }
        .command button { flex: none; padding: .15rem .65rem; font-size: .8rem; }
        .command pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; }
        th, td { padding: .45rem .6rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        tbody tr:last-child td { border-bottom: 0; }
        td.fields { overflow-wrap: anywhere; white-space: pre-wrap; color: var(--soft); }
        td.path { min-width: 11rem; overflow-wrap: anywhere; }
        td.time { white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
        .status { display: inline-block; min-width: 2.9rem; padding: 0 .45rem; text-align: center; border-radius: .5rem; background: var(--good-tint); color: var(--good); font-variant-numeric: tabular-nums; font-weight: 600; }
        .status.bad { background: var(--bad-tint); color: var(--bad); }
        .live { float: right; font-size: .82rem; color: var(--soft); }
        .live::before { content: ""; display: inline-block; width: .55rem; height: .55rem; margin-right: .4rem; border-radius: 50%; background: var(--edge); }
        .live[data-live="yes"]::before { background: var(--good); }
        .empty { color: var(--soft); }
        @media (max-width: 46rem) {
        #requests thead { display: none; }
        #requests tr { display: grid; grid-template-columns: auto auto minmax(0, 1fr) auto; column-gap: .75rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
        #requests td { padding: 0; border: 0; min-width: 0; }
        #requests td.fields { grid-column: 1 / -1; grid-row: 2; }
        .wide main { grid-template-columns: minmax(0, 1fr); } body.wide { padding: 1.5rem 1rem 3rem; }
        section { padding: 1.1rem; }
        }
        @media (max-width: 30rem) { body:not(.wide) { padding: 1rem; } body:not(.wide) main { padding: 1.5rem; } }

        """;
}
