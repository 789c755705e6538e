// Small SVG charts, drawn from arrays of numbers; nothing is kept between calls.

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 400;
const HEIGHT = 150;
const LEFT = 52;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

export function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
}

/** A path through points; null is a gap. */
function path(xs, ys) {
  let d = '';
  let pen = 'M';
  for (let i = 0; i < xs.length; i++) {
    if (ys[i] === null) {
      pen = 'M';
    } else {
      d += pen + xs[i].toFixed(1) + ' ' + ys[i].toFixed(1);
      pen = 'L';
    }
  }
  return d;
}

/** A line without axes: heights from 0 to 100, evenly spaced. */
export function sparkPath(heights) {
  const last = Math.max(1, heights.length - 1);
  return path(heights.map((h, i) => 100 * i / last), heights.map(h => 26 - 24 * h / 100));
}

const short = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

function clock(millis) {
  return new Date(millis).toLocaleTimeString('en-GB', {timeZone: 'UTC'});
}

/** A chart of lines over time; each line has a name, a class and values. */
export function lineChart(name, times, lines) {
  const values = lines.flatMap(line => line.values).filter(v => v !== null);
  const most = values.length ? Math.max(...values) : 0;
  const high = most > 0 ? most : 1;
  const first = times[0];
  const span = Math.max(1, times[times.length - 1] - first);
  const x = t => LEFT + (WIDTH - LEFT - RIGHT) * (t - first) / span;
  const y = v => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * v / high;
  const newest = lines.map(line => {
    const known = line.values.filter(v => v !== null);
    return line.name + ' ' + (known.length ? short.format(known[known.length - 1]) : 'none');
  });
  const chart = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
    'aria-label': `${name}, last: ${newest.join(', ')}`});
  for (const share of [0, 0.5, 1]) {
    const at = y(share * high);
    chart.append(svg('line', {x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at, class: 'axis'}));
    const text = svg('text', {x: LEFT - 6, y: at + 4, 'text-anchor': 'end'});
    text.textContent = share === 0 ? '0' : short.format(share * high);
    chart.append(text);
  }
  const from = svg('text', {x: LEFT, y: HEIGHT - 5});
  from.textContent = clock(first);
  const to = svg('text', {x: WIDTH - RIGHT, y: HEIGHT - 5, 'text-anchor': 'end'});
  to.textContent = clock(times[times.length - 1]) + ' UTC';
  chart.append(from, to);
  const xs = times.map(x);
  for (const line of lines) {
    chart.append(svg('path', {class: line.class,
      d: path(xs, line.values.map(v => v === null ? null : y(v)))}));
  }
  return chart;
}
