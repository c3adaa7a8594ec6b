// Fetches the main part of the page again whenever the server says that something has changed. Without it the pages work as plain pages.
(() => {
  'use strict';
  const state = document.getElementById('live-state');
  let busy = false;
  let again = false;

  const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };
  const main = () => document.querySelector('main');
  // Nobody loses what he is typing.
  const isTyping = () => document.activeElement?.matches('main input, main select, main textarea') ?? false;

  const takeOver = (fresh) => {
    const old = main();
    const focused = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...old.querySelectorAll('details[open][id]')].map((d) => d.id);
    const next = document.adoptNode(fresh);
    for (const id of open) next.querySelector('#' + CSS.escape(id))?.setAttribute('open', '');
    old.replaceWith(next);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };

  const refresh = async () => {
    if (busy || isTyping()) { again = true; return; }
    busy = true;
    again = false;
    try {
      const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store' });
      if (answer.type === 'opaqueredirect') { location.reload(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
      if (fresh) takeOver(fresh);
      say('Live');
    } catch {
      say('Not connected; trying again');
    } finally {
      busy = false;
    }
    if (again) setTimeout(refresh, 250);
  };

  document.addEventListener('focusout', () => { if (again) setTimeout(refresh, 250); });
  const source = new EventSource('/live');
  source.onopen = () => say('Live');
  source.onmessage = (event) => { if (main()?.dataset.version !== event.data) refresh(); };
  source.onerror = () => say('Not connected; trying again');
})();
