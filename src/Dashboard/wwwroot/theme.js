import { byId } from '/dom.js';

const KEY = 'analytics-theme';

// Light, dark, or the system's theme; charts are notified because a canvas has no style sheet.
export function startTheme() {
  const select = byId('theme');
  const tell = () => document.dispatchEvent(new Event('themechange'));
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    tell();
  };
  select.value = localStorage.getItem(KEY) ?? 'auto';
  apply(select.value);
  select.addEventListener('change', () => {
    localStorage.setItem(KEY, select.value);
    apply(select.value);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
}
