// The page of the console. It shows what the server sends and computes nothing of its own but
// shares and sums of what is on the screen.
import {svg, sparkPath, lineChart} from '/charts.js';

const ROWS_AT_FIRST = 25;
const MOST_ROWS = 200;
const byId = id => document.getElementById(id);

let token = sessionStorage.getItem('dualbid-token') || '';
let limit = ROWS_AT_FIRST;
let stream = null;
let rows = new Map();
let order = [];
let open = null;

// --- words and numbers ---------------------------------------------------------------------------

/** An exact decimal text, with digits in groups. */
function exact(decimal) {
  const [whole, fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return fraction ? grouped + '.' + fraction : grouped;
}

/** An amount rounded for the list: two decimals, or four where it is small. */
function amount(decimal) {
  const value = Number(decimal);
  return exact(value.toFixed(Math.abs(value) < 100 ? 4 : 2));
}

function number(value, digits) {
  return value === undefined ? '–' : value.toFixed(digits);
}

function percent(value) {
  return value === undefined ? '–' : (100 * value).toFixed(1) + ' %';
}

function count(value) {
  return exact(String(value));
}

/** Changes a text only where it differs, so that nothing is drawn anew for nothing. */
function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// --- the stream ----------------------------------------------------------------------------------

function headers() {
  return token ? {Authorization: 'Bearer ' + token} : {};
}

function say(text) {
  put(byId('connection'), text);
}

/** Opens a stream and keeps it open: what was asked before is ended. */
async function follow(query) {
  if (stream) {
    stream.abort();
  }
  const own = new AbortController();
  stream = own;
  while (!own.signal.aborted) {
    try {
      const response = await fetch('/events?' + query, {headers: headers(), signal: own.signal});
      if (response.status === 401) {
        say('needs the token');
        askToken();
        return;
      }
      if (!response.ok) {
        throw new Error((await response.json()).problem);
      }
      say('live');
      await read(response.body, own);
      throw new Error('the console has ended');
    } catch (failure) {
      if (own.signal.aborted) {
        return;
      }
      say('not connected: ' + failure.message);
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
  }
}

async function read(body, own) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done || own.signal.aborted) {
      return;
    }
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      take(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function take(event) {
  const name = /^event: ?(.*)$/m.exec(event);
  const data = /^data: ?(.*)$/m.exec(event);
  if (name && data) {
    const document = JSON.parse(data[1]);
    showTrouble(document);
    if (name[1] === 'list') {
      takeList(document);
    } else {
      takeCampaign(document);
    }
  }
}

function showTrouble(document) {
  const trouble = byId('trouble');
  trouble.hidden = !document.trouble;
  put(trouble, document.trouble ? 'Not up to date: ' + document.trouble : '');
  if (document.newest) {
    const age = Math.max(0, Date.now() - document.newest);
    say('live, newest ledger ' + (age < 1e5 ? (age / 1000).toFixed(0) + ' s old'
      : 'of ' + new Date(document.newest).toISOString().slice(0, 19).replace('T', ' ') + ' UTC'));
  }
}

// --- the list ------------------------------------------------------------------------------------

function takeList(list) {
  const attention = byId('total-attention');
  put(attention, count(list.attention));
  attention.classList.toggle('alarm', list.attention > 0);
  put(byId('total-campaigns'), count(list.campaigns));
  put(byId('total-spent'), amount(list.spent));
  put(byId('total-planned'), amount(list.planned));
  put(byId('total-wins'), count(list.wins));
  for (const campaign of list.rows) {
    showRow(campaign);
  }
  if (list.order) {
    order = list.order;
    arrange();
  }
  put(byId('found'), byId('find').value.trim() === '' ? '' : count(list.matching) + ' found');
  byId('more').hidden = list.matching <= limit || limit >= MOST_ROWS;
}

const COLUMNS = [
  ['spent', 'spent'], ['planned', 'planned'], ['budget', 'budget'], ['multiplier', 'multiplier'],
  ['ros', 'RoS'], ['win-rate', 'win rate']];

function newRow(id) {
  const link = element('a', {href: '#/campaign/' + encodeURIComponent(id)}, id);
  const badge = element('span', {class: 'badge'});
  const spark = svg('svg', {viewBox: '0 0 100 28', preserveAspectRatio: 'none', role: 'img'});
  const planned = svg('path', {class: 'planned-line'});
  const spent = svg('path', {class: 'spent-line'});
  spark.append(planned, spent);
  const row = element('tr', {'data-campaign': id},
    element('th', {scope: 'row', title: id}, link),
    element('td', {class: 'condition'}, badge),
    element('td', {class: 'chart'}, spark));
  const made = {row, badge, spark, planned, spent, cells: {}};
  for (const [name, label] of COLUMNS) {
    const cell = element('td', {class: name, 'data-label': label});
    made.cells[name] = cell;
    row.append(cell);
  }
  made.reason = element('td', {class: 'text reason', 'data-label': 'mostly out'});
  row.append(made.reason);
  rows.set(id, made);
  return made;
}

function showRow(campaign) {
  const row = rows.get(campaign.id) || newRow(campaign.id);
  showBadge(row.badge, campaign);
  const heights = campaign.spark_spent;
  row.spent.setAttribute('d', sparkPath(heights));
  row.planned.setAttribute('d', sparkPath(campaign.spark_planned));
  row.spark.setAttribute('aria-label', campaign.spent === undefined ? 'nothing spent'
    : `spent ${amount(campaign.spent)} of ${amount(campaign.planned)} planned`);
  const cells = row.cells;
  if (campaign.spent !== undefined) {
    put(cells.spent, amount(campaign.spent));
    cells.spent.title = exact(campaign.spent);
    put(cells.planned, amount(campaign.planned));
    put(cells.budget, amount(campaign.budget));
  }
  put(cells.multiplier, number(campaign.multiplier, 3)
    + (campaign.ros_multiplier ? ' / ' + number(campaign.ros_multiplier, 3) : ''));
  put(cells.ros, ros(campaign));
  cells.ros.classList.toggle('low',
    campaign.ros_target !== undefined && campaign.ros < campaign.ros_target);
  put(cells['win-rate'], percent(campaign.win_rate));
  put(row.reason, reason(campaign));
}

function ros(campaign) {
  return number(campaign.ros, 2)
    + (campaign.ros_target === undefined ? '' : ' of ' + number(campaign.ros_target, 2));
}

function reason(campaign) {
  if (campaign.reason === undefined) {
    return campaign.sampled ? 'bids on all that fit' : '–';
  }
  return `${campaign.reason}, ${campaign.reason_requests} of `
    + (campaign.sampled_fitting || campaign.sampled);
}

function showBadge(badge, campaign) {
  put(badge, campaign.condition);
  badge.classList.toggle('alarm', campaign.attention);
  badge.classList.toggle('fine', campaign.condition === 'pacing');
}

/** Puts rows in their order, moving only those that are out of place. */
function arrange() {
  const body = byId('rows');
  let at = body.firstElementChild;
  for (const id of order) {
    const row = (rows.get(id) || newRow(id)).row;
    if (row === at) {
      at = at.nextElementSibling;
    } else {
      const focused = document.activeElement;
      const within = row.contains(focused);
      body.insertBefore(row, at);
      if (within) {
        focused.focus();
      }
    }
  }
  while (at) {
    const next = at.nextElementSibling;
    rows.delete(at.dataset.campaign);
    at.remove();
    at = next;
  }
}

function followList() {
  rows = new Map();
  byId('rows').replaceChildren();
  follow(new URLSearchParams({q: byId('find').value.trim(), limit: String(limit)}));
}

// --- one campaign --------------------------------------------------------------------------------

function takeCampaign(document) {
  if (document.campaign) {
    showCampaign(document.campaign);
  } else if (document.matching === 0) {
    put(byId('campaign-line'), 'No campaign of this id is known.');
  }
  if (document.course) {
    showCharts(document.course);
  }
}

function showCampaign(campaign) {
  const first = !open || open.id !== campaign.id;
  open = campaign;
  if (first) {
    showHistory(campaign.id);
  }
  const badge = element('span', {class: 'badge'});
  showBadge(badge, campaign);
  byId('campaign-line').replaceChildren(badge, ' ', element('span', {class: 'soft'},
    campaign.spent === undefined ? 'pacing has not told anything yet'
      : `spent ${amount(campaign.spent)} of ${amount(campaign.planned)} planned by now; multiplier `
        + `${number(campaign.multiplier, 3)}, RoS ${ros(campaign)}, win rate `
        + percent(campaign.win_rate)));
  byId('campaign-problem').hidden = !campaign.problem;
  put(byId('campaign-problem'), campaign.problem || '');
  if (campaign.ledger) {
    showLedger(campaign);
    showCounts(campaign);
  }
  showReasons(campaign);
  if (campaign.definition) {
    showDefinition(campaign.definition);
    showActions(campaign.definition);
  }
}

const PARTS = ['spent', 'reserved', 'leased', 'left'];

function showLedger(campaign) {
  const amounts = {...campaign, left: campaign.ledger.left};
  const body = byId('ledger');
  if (!body.firstElementChild) {
    for (const part of PARTS) {
      body.append(element('tr', {},
        element('th', {scope: 'row'}, element('span', {class: 'key part-' + part}), part),
        element('td', {class: 'ledger-' + part})));
      byId('ledger-bar').append(element('span', {class: 'part-' + part}));
    }
    body.append(
      element('tr', {class: 'sum'}, element('th', {scope: 'row'}, 'budget'),
        element('td', {class: 'ledger-budget'})),
      element('tr', {hidden: ''},
        element('th', {scope: 'row', class: 'soft'}, 'beside: clicks expected to be charged'),
        element('td', {class: 'ledger-expected'})));
  }
  const budget = Number(campaign.budget);
  const whole = Math.max(budget, PARTS.slice(0, 3).reduce((sum, p) => sum + Number(amounts[p]), 0));
  PARTS.forEach((part, i) => {
    put(body.querySelector('.ledger-' + part), exact(amounts[part]));
    const share = whole > 0 ? Math.max(0, Number(amounts[part])) / whole : 0;
    byId('ledger-bar').children[i].style.width = (100 * share).toFixed(2) + '%';
  });
  put(body.querySelector('.ledger-budget'), exact(campaign.budget));
  const expected = body.querySelector('.ledger-expected');
  put(expected, exact(campaign.ledger.expected));
  expected.parentElement.hidden = campaign.ledger.expected === '0';
  byId('ledger-bar').setAttribute('aria-label', PARTS.map(p => p + ' ' + amount(amounts[p])).join(', ')
    + ', of a budget of ' + amount(campaign.budget));
}

function table(body, entries) {
  if (body.children.length !== entries.length) {
    body.replaceChildren(...entries.map(() =>
      element('tr', {}, element('th', {scope: 'row'}), element('td'))));
  }
  entries.forEach(([name, text, kind], i) => {
    const row = body.children[i];
    put(row.children[0], name);
    put(row.children[1], text);
    row.children[1].className = kind || '';
  });
}

function showCounts(campaign) {
  const counts = campaign.counts;
  table(byId('counts'), [
    ['bids', count(counts.bids), 'count-bids'],
    ['wins', count(counts.wins), 'count-wins'],
    ['losses', count(counts.losses), 'count-losses'],
    ['without an outcome', count(counts.expired), 'count-expired'],
    ['clicks', count(counts.clicks), 'count-clicks'],
    ['conversions', count(counts.conversions), 'count-conversions'],
    ['value of wins, as predicted', number(counts.value, 4)],
    ['value realised', number(counts.realised_value, 4)],
    ['late bids', count(counts.late_bids)],
    ['late wins', count(counts.late_wins)],
    ['repeated records', count(counts.duplicates)],
    ['outcomes without a bid', count(counts.unmatched)],
    ['free clicks', count(counts.free_clicks)],
    ['age of feedback', number(counts.feedback_age_ms, 0) + ' ms'],
  ]);
}

function showReasons(campaign) {
  put(byId('reasons-note'), campaign.sampled
    ? `Of the newest ${campaign.sampled} requests looked at it would bid on `
      + `${campaign.sampled_bids}; of the others it was out because:`
    : 'No request has been looked at yet.');
  table(byId('reasons'), campaign.reasons.map(r => [r.reason, count(r.requests)]));
}

function showDefinition(definition) {
  const time = millis => new Date(millis).toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
  const entries = [
    ['status', definition.status],
    ['advertiser', definition.advertiser],
    ['budget', exact(definition.budget)],
    ['plan', definition.plan],
    ['objective', definition.objective],
    ['constraint', definition.constraint],
    ['highest bid (CPM)', exact(String(Number(definition.max_bid) * 1000))],
    ['starts', time(definition.start)],
    ['ends', definition.end === undefined ? 'never' : time(definition.end)],
  ];
  if (definition.daily_budget) {
    entries.splice(3, 0, ['daily budget', exact(definition.daily_budget)]);
  }
  table(byId('definition'), entries);
}

// --- changes -------------------------------------------------------------------------------------

let change = null;

/** Offers what can be done to the campaign as it is defined now. */
function showActions(definition) {
  byId('pause').hidden = definition.status !== 'active';
  byId('resume').hidden = definition.status !== 'paused';
  byId('change-budget').hidden = false;
}

function ask(action, title, line) {
  if (!token) {
    askToken();
    return;
  }
  change = {action, campaign: open.id};
  put(byId('change-title'), title);
  put(byId('change-line'), line);
  byId('budget-field').hidden = action !== 'budget';
  byId('budget').value = open.budget;
  byId('author').value = sessionStorage.getItem('dualbid-author') || '';
  byId('reason').value = '';
  showProblem('');
  byId('change-do').disabled = false;
  byId('change-dialog').showModal();
}

/** Says in the dialog why a change was refused, and marks the field that it was refused for. */
function showProblem(problem, field) {
  put(byId('change-problem'), problem);
  byId('change-problem').hidden = !problem;
  for (const id of ['budget', 'author', 'reason']) {
    if (id === field) {
      byId(id).setAttribute('aria-invalid', 'true');
      byId(id).setAttribute('aria-describedby', 'change-problem');
      byId(id).focus();
    } else {
      byId(id).removeAttribute('aria-invalid');
      byId(id).removeAttribute('aria-describedby');
    }
  }
}

/** Makes the change; the dialog stays open until it is published. */
async function make(asked) {
  const own = change;
  put(byId('told'), 'publishing …');
  showProblem('');
  byId('change-do').disabled = true;
  let problem = '';
  let field;
  try {
    const response = await fetch('/campaign/' + encodeURIComponent(asked.campaign), {
      method: 'POST',
      headers: {...headers(), 'Content-Type': 'application/json'},
      body: JSON.stringify(asked),
    });
    const answer = await response.json();
    if (response.ok) {
      put(byId('told'),
        answer.version ? `published as version ${answer.version}` : 'it is so already');
      showHistory(asked.campaign);
    } else {
      problem = answer.problem;
      field = answer.field;
      if (response.status === 401) {
        askToken();
      }
    }
  } catch (failure) {
    problem = 'the console does not answer: ' + failure.message;
  }
  // It may have been closed meanwhile, and opened for another change.
  const isOpen = change === own;
  if (problem) {
    put(byId('told'), isOpen ? '' : problem);
  }
  if (isOpen) {
    byId('change-do').disabled = false;
    if (problem) {
      showProblem(problem, field);
    } else {
      byId('change-dialog').close();
    }
  }
}

async function explain() {
  const id = open && open.id;
  if (!id) {
    return;
  }
  const response = await fetch('/explain/' + encodeURIComponent(id), {headers: headers()});
  const answer = await response.json();
  if (!open || open.id !== id) {
    return;
  }
  if (!response.ok) {
    table(byId('requests'), [['Not known', answer.problem || 'the console has no answer']]);
    return;
  }
  const rows = [];
  for (const request of answer.requests) {
    const time = new Date(request.time).toISOString().slice(11, 19);
    for (const impression of request.impressions) {
      rows.push([`${request.id} · ${time}`, verdict(impression)]);
    }
  }
  table(byId('requests'), rows.length ? rows : [['None yet', 'they are looked at every two seconds']]);
}

function verdict(impression) {
  const value = `value ${impression.value.toPrecision(3)}, multiplier ${number(impression.multiplier, 4)}`;
  const bid = `bid ${impression.bid_cpm.toFixed(3)} CPM`;
  if (!impression.reason) {
    return `${bid}, score ${impression.score_cpm.toFixed(3)} CPM: ${value}`;
  }
  const why = impression.reason + (impression.unmet ? `: ${impression.unmet}` : '');
  return impression.bid_cpm > 0 ? `${why}; ${bid}, ${value}` : why;
}

async function showHistory(id) {
  const response = await fetch('/history/' + encodeURIComponent(id), {headers: headers()});
  const answer = await response.json();
  if (!open || open.id !== id || !response.ok) {
    return;
  }
  table(byId('history'), answer.versions.slice(0, 20).map(v => [
    `${v.version} · ${new Date(v.time).toISOString().slice(0, 16).replace('T', ' ')} · ${v.author}`,
    `${v.status}${v.budget ? ', ' + exact(v.budget) : ''}: ${v.reason}`]));
}

byId('pause').addEventListener('click', () => ask('pause', 'Pause ' + open.id,
  'It stops bidding within a second or two. What is promised already may still be won.'));
byId('resume').addEventListener('click', () => ask('resume', 'Resume ' + open.id,
  'It bids again as soon as it gets a lease.'));
byId('change-budget').addEventListener('click', () => ask('budget', 'Budget of ' + open.id,
  'What is committed already stays committed, also if that is more.'));
byId('change-form').addEventListener('submit', event => {
  if (event.submitter && event.submitter.value === 'cancel') {
    return;
  }
  event.preventDefault();
  const asked = {...change, author: byId('author').value, reason: byId('reason').value};
  if (asked.action === 'budget') {
    asked.budget = byId('budget').value;
  }
  sessionStorage.setItem('dualbid-author', asked.author);
  make(asked);
});
byId('change-dialog').addEventListener('close', () => {
  change = null;
});

function showCharts(course) {
  const figures = [
    ['Spend and plan', [['spent', 'line-0', course.spent], ['planned', 'dashed', course.planned]]],
    ['Multiplier of the budget', [['multiplier', 'line-0', course.multiplier]]],
    ['Clearing price, CPM', [['price', 'line-0', course.price_cpm]]],
    ['Age of feedback, ms', [['age', 'line-0', course.feedback_age_ms]]],
  ];
  if (course.ros_multiplier.some(value => value)) {
    figures.splice(2, 0, ['Multiplier of the return on spend',
      [['multiplier', 'line-0', course.ros_multiplier]]]);
  }
  byId('charts').replaceChildren(...(course.time.length < 2 ? [] : figures.map(([name, lines]) =>
    element('figure', {}, element('figcaption', {}, name), lineChart(name, course.time,
      lines.map(([line, kind, values]) => ({name: line, class: kind, values})))))));
}

function clearCampaign(id) {
  open = null;
  put(byId('campaign-title'), id);
  put(byId('campaign-line'), '');
  put(byId('told'), '');
  for (const button of ['pause', 'resume', 'change-budget']) {
    byId(button).hidden = true;
  }
  byId('campaign-problem').hidden = true;
  for (const part of ['ledger', 'ledger-bar', 'charts', 'counts', 'reasons', 'requests', 'history', 'definition']) {
    byId(part).replaceChildren();
  }
}

// --- going about ---------------------------------------------------------------------------------

function askToken() {
  if (!byId('token-dialog').open) {
    byId('token').value = '';
    byId('token-dialog').showModal();
  }
}

function route() {
  const campaign = /^#\/campaign\/(.+)$/.exec(location.hash);
  byId('list').hidden = !!campaign;
  byId('campaign').hidden = !campaign;
  if (campaign) {
    const id = decodeURIComponent(campaign[1]);
    document.title = id + ' – Dualbid console';
    clearCampaign(id);
    byId('campaign-title').focus();
    follow(new URLSearchParams({campaign: id}));
  } else {
    document.title = 'Dualbid console';
    followList();
  }
}

byId('token-button').addEventListener('click', askToken);
byId('explain').addEventListener('click', explain);
byId('token-dialog').addEventListener('close', () => {
  const given = byId('token').value.trim();
  if (byId('token-dialog').returnValue === 'use' && given) {
    token = given;
    sessionStorage.setItem('dualbid-token', token);
    put(byId('token-button'), 'Change token');
    route();
  }
});
let typing = 0;
byId('find').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    limit = ROWS_AT_FIRST;
    followList();
  }, 200);
});
byId('more').addEventListener('click', () => {
  limit = Math.min(MOST_ROWS, limit + ROWS_AT_FIRST);
  followList();
});
addEventListener('hashchange', route);
if (token) {
  put(byId('token-button'), 'Change token');
}
route();
