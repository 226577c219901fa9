import { Store } from '/store.js';
import { byId, el, set } from '/dom.js';
import { startTheme } from '/theme.js';
import { showFlow } from '/flow.js';
import { showThroughput } from '/throughput.js';
import { showShards } from '/shards.js';
import { showCounters } from '/counters.js';
import { showFeed } from '/feeds.js';
import { showFunctions } from '/functions.js';
import { showLog } from '/log.js';
import { showControls } from '/controls.js';

const WORDS = { live: 'Live', lost: 'Connection lost, reconnecting' };

startTheme();
const store = new Store((state) => set(byId('connection'), { text: WORDS[state], 'data-state': state }));

store.subscribe(['info'], () => {
  const info = store.get('info');
  if (info) {
    set(byId('title'), { text: info.isLocal ? `${info.title} · ${info.region}` : `Stack ${info.title} · ${info.region} · read-only` });
    byId('not-shown').replaceChildren(...info.notShown.map((text) => el('li', { text })));
    byId('not-shown').hidden = info.notShown.length === 0;
  }
});

store.subscribe(['trouble/'], () => {
  const troubles = store.list('trouble/');
  byId('trouble').replaceChildren(...troubles.map(([, trouble]) => el('p', { text: trouble.message })));
  byId('trouble').hidden = troubles.length === 0;
});

const log = showLog(store);
showFlow(store, log.open);
showThroughput(store);
showShards(store);
showCounters(store);
showFeed(store, 'alert', 'No alert yet.');
showFeed(store, 'failure', 'No batch has exhausted its retries.');
showFeed(store, 'quarantine', 'No malformed record in the last hours.');
showFunctions(store, log.open);
showControls(store);
store.connect();
