import { byId, el, set } from '/dom.js';
import { number } from '/format.js';

const KEY = 'analytics-token';
const MAX_RATE = 5000;
// Slider positions to events per second: fine at the low end, 5,000 at the high end.
const RATES = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, MAX_RATE];

function takeToken() {
  const given = location.hash.slice(1);
  if (/^[0-9a-f]{32}$/.test(given)) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEY);
}

// The controls of the producer and of faults. Only a page opened with the printed address has the token.
export function showControls(store) {
  const token = takeToken();
  const answer = el('p', { class: 'answer', role: 'status' });
  const sent = el('p', { class: 'sent' });
  let settings = null;
  let isBuilt = false;
  const inputs = new Map();

  const ask = async (request) => {
    try {
      const response = await fetch('/controls', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Analytics-Token': token ?? '' },
        body: JSON.stringify(request),
      });
      set(answer, { text: await response.text(), 'data-state': response.ok ? 'ok' : 'failed' });
    } catch {
      set(answer, { text: 'The connection is lost.', 'data-state': 'failed' });
    }
  };

  const slider = (name, label, max, read, write, show) => {
    const output = el('output', {});
    const input = el('input', { type: 'range', min: 0, max, step: 1, id: `control-${name}` });
    const draw = () => set(output, { text: show(Number(input.value)) });
    input.addEventListener('input', draw);
    input.addEventListener('change', () => ask({ set: write(settings, Number(input.value)) }));
    inputs.set(name, () => {
      if (document.activeElement !== input || input.dataset.known !== String(read(settings))) {
        input.dataset.known = read(settings);
        input.value = read(settings);
        draw();
      }
    });
    return el('div', { class: 'field' }, el('label', { for: input.id, text: label }), output, input);
  };

  const button = (text, request) => el('button', { text, onclick: () => ask(request()) });

  const build = (state) => {
    isBuilt = true;
    const nearest = (rate) => RATES.findLastIndex((one) => one <= rate);
    const fault = el('select', { id: 'control-fault' }, ...state.faults.map((name) => el('option', { value: name, text: name })));
    const fields = el(
      'fieldset',
      { disabled: !token },
      el('legend', { class: 'hidden', text: 'Producer' }),
      slider('rate', 'Events per second', RATES.length - 1, (now) => nearest(now.rate), (now, value) => ({ ...now, rate: RATES[value] }), (value) => number(RATES[value])),
      slider('malformed', 'Malformed', 100, (now) => now.malformedPercent, (now, value) => ({ ...now, malformedPercent: value }), (value) => `${value} %`),
      slider('hot', 'Hot partition key', 100, (now) => now.hotKeyPercent, (now, value) => ({ ...now, hotKeyPercent: value }), (value) => `${value} %`),
      el(
        'details',
        {},
        el('summary', { text: 'Dialects' }),
        ...Object.keys(state.settings.mix).map((name) => slider(
          `mix-${name}`, name, 100, (now) => now.mix[name], (now, value) => ({ ...now, mix: { ...now.mix, [name]: value } }), (value) => `${value}`)),
      ),
      el(
        'div',
        { class: 'buttons' },
        button('High-value order', () => ({ send: 'high-value-order' })),
        button('Error spike', () => ({ send: 'error-spike' })),
        button('Malformed records', () => ({ send: 'malformed' })),
        button('Split a shard', () => ({ reshard: 'split' })),
        button('Merge shards', () => ({ reshard: 'merge' })),
      ),
      el('div', { class: 'fault' }, el('label', { for: 'control-fault', text: 'Fault' }), fault, button('Inject', () => ({ fault: fault.value }))),
    );
    byId('controls-form').append(sent, fields, answer);
    if (!token) {
      set(answer, { text: 'Open the address that `analytics up` printed to use the controls.' });
    }
  };

  store.subscribe(['producer'], () => {
    const state = store.get('producer');
    byId('controls').hidden = !state;
    if (!state) {
      return;
    }
    settings = state.settings;
    if (!isBuilt) {
      build(state);
    }
    inputs.forEach((draw) => draw());
    set(sent, { text: `${number(state.sent)} events sent, ${number(state.malformed)} of them malformed`, 'data-sent': state.sent });
    if (state.trouble) {
      set(answer, { text: state.trouble, 'data-state': 'failed' });
    }
  });
}
