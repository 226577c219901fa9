import { byId, el, Keyed } from '/dom.js';

const MAX_LENGTH = 200000;
const PERIOD = 1000;

// The end of the selected function's log, followed live.
export function showLog(store) {
  const select = byId('log-function');
  const text = byId('log-text');
  let next = null;
  let timer = null;

  const follow = async () => {
    const id = select.value;
    if (!id) {
      return;
    }
    try {
      const answer = await fetch(`/log/${encodeURIComponent(id)}${next === null ? '' : `?after=${next}`}`);
      if (answer.ok && id === select.value) {
        const page = await answer.json();
        const isAtEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 20;
        if (page.text) {
          text.textContent = (next === null ? page.text : text.textContent + page.text).slice(-MAX_LENGTH);
        } else if (next === null) {
          text.textContent = 'Nothing yet.';
        }
        next = page.next;
        if (isAtEnd) {
          text.scrollTop = text.scrollHeight;
        }
      }
    } catch {
      // The connection is lost: the page shows it, and the next poll retries.
    }
    timer = setTimeout(follow, PERIOD);
  };

  const choose = () => {
    clearTimeout(timer);
    next = null;
    text.textContent = select.value ? '' : 'Choose a function to follow its log.';
    follow();
  };
  select.addEventListener('change', choose);

  const options = new Keyed(select, (id) => el('option', { value: id, text: id || 'None' }));
  store.subscribe(['function/'], () => {
    const chosen = select.value;
    options.update([['', null], ...store.list('function/').filter(([, one]) => one.hasLog)]);
    select.value = chosen;
  });
  select.replaceChildren();
  options.update([['', null]]);
  return {
    open(id) {
      select.value = id;
      choose();
      byId('log').scrollIntoView({ block: 'start' });
      text.focus({ preventScroll: true });
    },
  };
}
