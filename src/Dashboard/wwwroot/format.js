const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

// An axis time, in seconds since the epoch, formatted to the precision of the axis step.
export const axisTime = (seconds, step) => (step < 60 ? clock : step < 86400 ? minute : day).format(new Date(seconds * 1000));

export const number = (value) => (Number.isInteger(value) ? whole : exact).format(value);

export const short = (value) => (Math.abs(value) < 1000 ? exact : compact).format(value);

export const share = (value) => percent.format(value);

export const rate = (value) => (value === null || value === undefined ? '' : `${value >= 100 ? whole.format(value) : exact.format(Math.round(value * 10) / 10)}/s`);

export const time = (text) => clock.format(new Date(text));

export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${exact.format(ms / 1000)} s` : `${exact.format(ms / 60000)} min`);

export const title = (name) => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
