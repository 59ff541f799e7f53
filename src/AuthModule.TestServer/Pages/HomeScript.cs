namespace AuthModule.TestServer.Pages;

/// <summary>What runs on the home page: copies commands, and puts new requests on top of the list. It writes text only, never markup.</summary>
internal static class HomeScript
{
    public const string Text = """

        for (const button of document.querySelectorAll('button[data-copy]')) {
          button.hidden = false;
          button.addEventListener('click', async () => {
            try {
              await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
              button.textContent = 'Copied';
            } catch {
              button.textContent = 'Select it and copy';
            }
            setTimeout(() => { button.textContent = 'Copy'; }, 2000);
          });
        }
        const rows = document.querySelector('#requests tbody');
        const live = document.querySelector('.live');
        const most = Number(rows.dataset.most);
        const cell = (row, style, text) => { const made = row.insertCell(); if (style) made.className = style; made.textContent = text; return made; };
        const add = request => {
          document.querySelector('.empty')?.remove();
          const row = rows.insertRow(0);
          cell(row, 'time', request.time);
          cell(row, '', request.method);
          cell(row, 'path', '').append(Object.assign(document.createElement('code'), { textContent: request.path }));
          cell(row, 'fields', request.fields);
          cell(row, '', '').append(Object.assign(document.createElement('span'), { className: request.status < 400 ? 'status' : 'status bad', textContent: request.status }));
          while (rows.rows.length > most) rows.deleteRow(-1);
        };
        const source = new EventSource(document.querySelector('#requests').dataset.source);
        let wasLost = false;
        source.onopen = () => { if (wasLost) { location.reload(); } live.dataset.live = 'yes'; live.textContent = 'live'; };
        source.onmessage = event => add(JSON.parse(event.data));
        source.onerror = () => { wasLost = true; live.dataset.live = 'no'; live.textContent = 'not connected'; };

        """;
}
