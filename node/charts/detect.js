// Draws a series with its expected range and its anomalies as SVG on standard output. The input is one JSON object on standard input:
//
//   title      the series' name
//   points     [time in ms, value or null, expected, low, high] in chronological order
//   anomalies  [time in ms, value, score], the highest scores first
//
// An error is one line on standard error and exit code 1.
import { text } from 'node:stream/consumers';
import * as echarts from 'echarts';

const width = 900;
const height = 420;
const labelled = 8;
const colors = { value: '#1f4e79', expected: '#7a8794', range: '#b9d3ea', anomaly: '#c62828', text: '#333333', grid: '#e4e7ea' };
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const minute = time => new Date(time).toISOString().slice(5, 16).replace('T', ' ');

try {
  const { title, points, anomalies } = JSON.parse(await text(process.stdin));
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(options(title, points, anomalies));
  process.stdout.write(chart.renderToSVGString());
  chart.dispose();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function options(title, points, anomalies) {
  const line = { type: 'line', showSymbol: false, animation: false, silent: true };
  const range = { ...line, stack: 'range', stackStrategy: 'all', lineStyle: { width: 0 }, tooltip: { show: false } };
  const names = { value: 'Value', expected: 'Expected', range: 'Expected range', anomaly: 'Anomaly (score)' };
  return {
    useUTC: true,
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'DejaVu Sans, Helvetica, Arial, sans-serif', color: colors.text },
    title: { text: title, left: 16, top: 10, textStyle: { fontSize: 16, color: colors.text, width: width - 32, overflow: 'truncate' } },
    legend: { top: 38, left: 12, itemGap: 20, textStyle: { color: colors.text }, data: legend(names), selectedMode: false },
    grid: { left: 72, right: 28, top: 92, bottom: 48 },
    xAxis: {
      type: 'time',
      name: 'Time (UTC)',
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { color: colors.text, hideOverlap: true },
      axisLine: { lineStyle: { color: colors.expected } },
    },
    yAxis: {
      type: 'value',
      ...valueRange(points),
      axisLabel: { color: colors.text, showMaxLabel: false, showMinLabel: false, formatter: value => number.format(value) },
      splitLine: { lineStyle: { color: colors.grid } },
    },
    series: [
      { ...range, name: 'Low', data: points.map(([time, , , low]) => [time, low]), z: 1 },
      {
        ...range,
        name: names.range,
        data: points.map(([time, , , low, high]) => [time, low === null ? null : high - low]),
        areaStyle: { color: colors.range, opacity: 0.75 },
        itemStyle: { color: colors.range },
        z: 1,
      },
      { ...line, name: names.expected, data: points.map(([time, , expected]) => [time, expected]), lineStyle: { width: 1, type: 'dashed' }, color: colors.expected, z: 2 },
      { ...line, name: names.value, data: points.map(([time, value]) => [time, value]), lineStyle: { width: 1.2 }, color: colors.value, z: 3 },
      {
        type: 'scatter',
        name: names.anomaly,
        symbolSize: 9,
        color: colors.anomaly,
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
        data: anomalies.map(([time, value, score], index) => ({
          value: [time, value],
          label: {
            show: index < labelled,
            formatter: `${minute(time)} (${score.toFixed(2)})`,
            position: 'top',
            distance: 6,
            color: colors.anomaly,
            fontSize: 11,
            textBorderColor: '#ffffff',
            textBorderWidth: 3,
          },
        })),
        labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
        z: 4,
      },
    ],
  };
}

function legend(names) {
  const icons = { [names.range]: 'roundRect', [names.anomaly]: 'circle' };
  return Object.values(names).map(name => ({ name, icon: icons[name] ?? 'rect', itemStyle: { opacity: 1 } }));
}

// The values determine the scale: a temporarily wide range, as at the start of a series, would flatten them.
function valueRange(points) {
  let [min, max] = [Infinity, -Infinity];
  for (const [, value] of points) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  const margin = (max - min || Math.abs(max) || 1) * 0.15;
  return { min: min >= 0 && min < 2 * margin ? 0 : min - margin, max: max + margin };
}
