import { byId } from '/dom.js';

const KEY = 'analytics-theme';

// Light, dark, or as the system has it; charts are told, as a canvas knows no style sheet.
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
