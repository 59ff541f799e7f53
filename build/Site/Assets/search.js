// Finds words in the pages' titles, sections and text. It writes text only, never markup.
(() => {
  const query = document.getElementById('query');
  const results = document.getElementById('results');
  const fold = text => text.toLowerCase();
  const pages = window.searchIndex.map(page => ({ ...page, folded: fold(page.text), foldedTitle: fold(page.title) }));
  const context = 70;
  const most = 12;

  const score = (page, words) => {
    let sum = 0;
    for (const word of words) {
      const inTitle = page.foldedTitle.includes(word);
      const inSection = page.sections.some(([, title]) => fold(title).includes(word));
      const inText = page.folded.includes(word);
      if (!inTitle && !inSection && !inText) return 0;
      sum += (inTitle ? 20 : 0) + (inSection ? 8 : 0) + Math.min(5, page.folded.split(word).length - 1);
    }
    return sum;
  };

  const excerpt = (page, word) => {
    const at = page.folded.indexOf(word);
    if (at < 0) return '';
    const from = Math.max(0, at - context);
    return (from > 0 ? '… ' : '') + page.text.slice(from, at + word.length + context) + ' …';
  };

  const link = (address, text) => Object.assign(document.createElement('a'), { href: address, textContent: text });

  const show = () => {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    results.replaceChildren();
    results.hidden = words.length === 0;
    if (words.length === 0) return;
    const found = pages.map(page => ({ page, points: score(page, words) })).filter(hit => hit.points > 0).sort((a, b) => b.points - a.points).slice(0, most);
    if (found.length === 0) {
      results.append(Object.assign(document.createElement('p'), { textContent: `Nothing found for “${query.value}”.` }));
      return;
    }
    const list = document.createElement('ol');
    for (const { page } of found) {
      const item = document.createElement('li');
      const section = page.sections.find(([, title]) => words.some(word => fold(title).includes(word)));
      item.append(link(page.page, page.title));
      if (section) item.append(' › ', link(`${page.page}#${section[0]}`, section[1]));
      item.append(Object.assign(document.createElement('p'), { textContent: excerpt(page, words[0]) }));
      list.append(item);
    }
    results.append(list);
  };

  query.addEventListener('input', show);
  query.addEventListener('keydown', event => {
    if (event.key === 'Escape') { query.value = ''; show(); }
    if (event.key === 'Enter') results.querySelector('a')?.click();
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== query) { event.preventDefault(); query.focus(); }
  });
  if (window.matchMedia('(max-width: 56rem)').matches) document.querySelector('nav details').open = false;
})();
