// The console: leads on the left, the one you work on in the middle, what happens on the right; kept current by a stream.
import { get } from './api.js';
import { newLeadDialog } from './actions.js';
import { showLead, showNothing, whenGone } from './card.js';
import { $, h, phaseChip, phoneText } from './dom.js';
import { drawAlerts, drawFields, drawLog, drawWebhooks, lastSequence, startTabs } from './side.js';
import { state, toast } from './state.js';

/** How long typing must rest before it is searched for. */
const TYPING_MS = 150;

async function loadAccount() {
  const opened = await get('account');
  const { account, reps, fields, phases } = opened;
  Object.assign(state, { reps, fields, phases });
  $('account').textContent = account.name;
  const acting = reps.filter((rep) => rep.state === 'active');
  $('rep').replaceChildren(...acting.map((rep) => h('option', { value: rep.id, text: `${rep.name} (${rep.role})` })));
  $('rep').value = sessionStorage.getItem('rep') ?? acting[0]?.id ?? '';
  drawFields(() => void reloadFields());
  return opened;
}

async function reloadFields() {
  const { fields } = await get('account');
  state.fields = fields;
  drawFields(() => void reloadFields());
  if (state.selected) await showLead(state.selected, { keepEdits: true });
}

let asked = 0;
async function loadLeads() {
  const query = new URLSearchParams({ q: $('search').value, phase: $('phase-filter').value });
  const turn = ++asked;
  let answer;
  try {
    answer = await get(`leads?${query}`);
  } catch (problem) {
    $('list-count').textContent = problem.message;
    return;
  }
  if (turn !== asked) return;
  const { leads, total, counts, all } = answer;
  drawPhases(counts, all);
  const more = total > leads.length ? `, the first ${leads.length} shown` : '';
  $('list-count').textContent = `${total} ${total === 1 ? 'lead' : 'leads'}${more}`;
  const held = document.activeElement?.closest?.('#leads button')?.dataset.id;
  $('leads').replaceChildren(...(leads.length > 0 ? leads.map(leadRow) : [noLeads(all)]));
  if (held) $('leads').querySelector(`[data-id="${held}"]`)?.focus();
}

function noLeads(all) {
  const text =
    all === 0
      ? 'There are no leads yet. Make the first one with New lead.'
      : 'No lead matches. Try fewer words, another phase, or the phone number.';
  return h('li', { class: 'empty small' }, h('p', { text }));
}

function leadRow({ id, name, phone, where, phase }) {
  const button = h(
    'button',
    { 'data-id': id, 'aria-current': id === state.selected ? 'true' : null, onclick: () => open(id) },
    h('span', { class: 'lead-name', text: name }),
    phaseChip(phase),
    h('span', { class: 'quiet', text: [phoneText(phone), where].filter(Boolean).join(' · ') }),
  );
  return h('li', {}, button);
}

function drawPhases(counts, all) {
  const chosen = $('phase-filter').value;
  const options = [
    h('option', { value: '', text: `All phases (${all})` }),
    ...state.phases.map((phase) => h('option', { value: phase, text: `${phase} (${counts[phase]})` })),
  ];
  $('phase-filter').replaceChildren(...options);
  $('phase-filter').value = chosen;
}

/** Puts a lead on the card, and in the address, so that a reload shows it again. */
function open(id) {
  state.selected = id;
  history.replaceState(null, '', `#${id}`);
  for (const button of document.querySelectorAll('#leads button')) {
    if (button.dataset.id === id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  void showLead(id);
}

function close() {
  state.selected = null;
  history.replaceState(null, '', location.pathname);
  showNothing();
  void loadLeads();
}

/** Keeps the page current. After a break everything is read anew: the server may be another one. */
function follow() {
  const stream = new EventSource(`api/stream?after=${lastSequence()}`);
  const live = (text, kind) => {
    $('live').textContent = text;
    $('live').className = `live ${kind}`;
  };
  let broken = false;
  stream.onopen = () => {
    if (broken) {
      stream.close();
      void start();
    } else live('Live', 'good');
  };
  stream.onerror = () => {
    broken = true;
    live('Sellfire does not answer', 'bad');
  };
  stream.addEventListener('events', ({ data }) => {
    const events = JSON.parse(data);
    drawLog(events, open);
    void loadLeads();
    if (events.some((event) => event.type === 'catalogue.changed')) void reloadFields();
    const ours = events.filter((event) => event.lead_id === state.selected && state.selected !== null);
    if (ours.some((event) => event.type === 'lead.deleted')) {
      toast('The lead was deleted.');
      close();
    } else if (ours.length > 0) void showLead(state.selected, { keepEdits: true });
  });
  stream.addEventListener('webhooks', ({ data }) => drawWebhooks(JSON.parse(data)));
  stream.addEventListener('alerts', ({ data }) => drawAlerts(JSON.parse(data)));
}

async function start() {
  try {
    const { events, alerts, webhooks } = await loadAccount();
    drawLog(events, open, true);
    drawAlerts(alerts);
    drawWebhooks(webhooks);
    await loadLeads();
    const wanted = location.hash.slice(1);
    if (wanted) open(wanted);
    else showNothing();
    follow();
  } catch (problem) {
    $('card').replaceChildren(
      h('div', { class: 'empty' }, h('h2', { text: 'The console cannot start' }), h('p', { text: problem.message })),
    );
  }
}

let typing;
$('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => void loadLeads(), TYPING_MS);
});
$('phase-filter').addEventListener('change', () => void loadLeads());
$('rep').addEventListener('change', ({ target }) => sessionStorage.setItem('rep', target.value));
$('new-lead').addEventListener('click', () => newLeadDialog(open));
$('leads').addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...$('leads').querySelectorAll('button')];
  rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(document.activeElement) + step))]?.focus();
});
document.addEventListener('keydown', (event) => {
  const typingNow = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
  if (event.key !== '/' || typingNow || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  $('search').focus();
});
whenGone(close);
startTabs();

await start();
