// The document that the server sends: JSON values by key. Changes are drawn together in the next frame.
export class Store {
  #entries = new Map();
  #subscribers = [];
  #changed = new Set();
  #isScheduled = false;
  #source = null;
  #onConnection;

  constructor(onConnection) {
    this.#onConnection = onConnection;
  }

  get(key) {
    return this.#entries.get(key);
  }

  // The entries whose keys start with a prefix, as [rest of the key, value], by key.
  list(prefix) {
    const found = [];
    for (const [key, value] of this.#entries) {
      if (key.startsWith(prefix)) {
        found.push([key.slice(prefix.length), value]);
      }
    }
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  // Calls draw with the changed keys that start with one of the prefixes.
  subscribe(prefixes, draw) {
    this.#subscribers.push({ prefixes, draw });
  }

  connect() {
    const source = new EventSource('/events');
    this.#source = source;
    source.addEventListener('document', (event) => this.#replace(JSON.parse(event.data)));
    source.addEventListener('change', (event) => this.#apply(JSON.parse(event.data)));
    source.addEventListener('open', () => this.#onConnection('live'));
    source.addEventListener('error', () => {
      this.#onConnection('lost');
      // The browser reconnects automatically unless the server rejected the connection.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), 3000);
      }
    });
  }

  #replace(document) {
    const removed = [...this.#entries.keys()].filter((key) => !(key in document.set));
    this.#apply({ set: document.set, removed });
  }

  #apply(change) {
    for (const [key, value] of Object.entries(change.set)) {
      this.#entries.set(key, value);
      this.#changed.add(key);
    }
    for (const key of change.removed) {
      this.#entries.delete(key);
      this.#changed.add(key);
    }
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#isScheduled = false;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const { prefixes, draw } of this.#subscribers) {
      const mine = changed.filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
      if (mine.length > 0) {
        draw(mine);
      }
    }
  }
}
