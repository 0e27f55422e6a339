// The lead on the card: where it stands, what can be done, its fields, what is planned, what was done, what was sold.
import { ask, get } from './api.js';
import { ACTIONS, deleteEventDialog, deleteLeadDialog, rescheduleDialog } from './actions.js';
import { $, dateTime, fromNow, h, PHASES, phaseChip, phoneText } from './dom.js';
import { fieldInput, isWide } from './form.js';
import { actingRep, repName, state, toast } from './state.js';

/** The stages of a running cycle, as steps. */
const STEPS = [
  'ColdCallCold',
  'ColdCallWorkingNum',
  'ColdCallNDM',
  'ColdCallDM',
  'HeldPhase',
  'PostHoldPhase',
  'Customer',
];
const STEP_NAMES = ['Cold', 'Number works', 'Gatekeeper', 'Decision maker', 'Demo set', 'Demo held', 'Customer'];
/** Activities that are listed without unfolding the older ones. */
const RECENT = 5;
/** Moved by what is done, not by editing. */
const NOT_EDITED = new Set(['phase']);
const KINDS = { callback: 'Callback', demo: 'Demo', decision_call: 'Decision call' };
const MEDIA = {
  call: 'Call',
  email: 'E-mail',
  disposition: 'Disposition',
  event_rescheduled: 'Event moved',
  event_deleted: 'Event deleted',
};

let inputs = [];
let current = null;
/** Called when the lead on the card is gone. */
let onGone = () => undefined;
export const whenGone = (listener) => (onGone = listener);

export function showNothing() {
  current = null;
  const picture = h('img', { src: 'flame.svg', alt: '', width: 56, height: 56 });
  const hint = 'Pick a lead on the left, or make a new one. The bridge carries what you do here to Salesforce.';
  $('card').replaceChildren(
    h('div', { class: 'empty' }, picture, h('h2', { text: 'No lead is open' }), h('p', { text: hint })),
  );
}

const isDirty = () => current !== null && inputs.some(({ field, read }) => changed(field, read()));
/** An empty list and nothing are the same. */
const plain = (value) => JSON.stringify(Array.isArray(value) && value.length === 0 ? null : (value ?? null));
const changed = (field, value) => plain(value) !== plain(current.lead.fields[field.name]);

/** Whether somebody is at the form: has changed something, or is about to. */
const isEditing = () => isDirty() || $('card').querySelector('form.fields')?.contains(document.activeElement);

/** Shows a lead; while its form is being edited only a note is made when it has changed elsewhere. */
export async function showLead(id, { keepEdits = false } = {}) {
  let answer;
  try {
    answer = await get(`leads/${encodeURIComponent(id)}`);
  } catch (problem) {
    if (state.selected !== id) return;
    $('card').replaceChildren(
      h('div', { class: 'empty' }, h('h2', { text: 'This lead cannot be shown' }), h('p', { text: problem.message })),
    );
    return;
  }
  if (state.selected !== id) return;
  const editing = keepEdits && current?.lead.id === id && isEditing();
  const form = editing ? $('card').querySelector('form.fields') : null;
  if (!editing) current = answer;
  else current = { ...answer, lead: { ...answer.lead, fields: current.lead.fields } };
  draw(answer, form);
}

function draw({ lead, summary, schedule, activities, sales, actions }, keptForm) {
  const card = $('card');
  const open = [...card.querySelectorAll('details[open]')].map((element) => element.id);
  const { scrollTop } = card;
  const above = [
    h('div', { class: 'panel' }, head(lead, summary), steps(lead), buttons(lead, summary, actions)),
    h('div', { class: 'pair' }, planned(schedule), done(activities)),
    ...(sales.length > 0 ? [sold(sales)] : []),
  ];
  if (keptForm) drawAround(keptForm, above, facts(lead));
  else {
    const fields = h('section', { class: 'panel' }, h('h3', { text: 'Fields' }), fieldsForm(lead));
    card.replaceChildren(...above, fields, facts(lead));
  }
  for (const id of open) $(id)?.setAttribute('open', '');
  card.scrollTop = scrollTop;
}

/** The form stays where it is: one that is taken out for a moment loses the focus, and what is typed next goes nowhere. */
function drawAround(form, above, below) {
  const section = form.closest('section');
  for (const part of [...section.parentElement.children]) if (part !== section) part.remove();
  section.before(...above);
  section.after(below);
  if (section.querySelector('.note')) return;
  const text = 'The lead has changed elsewhere while you were editing. Saving sends only what you changed.';
  form.before(h('p', { class: 'note', text }));
}

function head(lead, summary) {
  const remove = h('button', {
    class: 'plain danger-text',
    text: 'Delete lead',
    onclick: () => deleteLeadDialog(lead.id, summary.name, onGone),
  });
  const owner = summary.owner ? `Owned by ${repName(summary.owner)}` : 'Owned by nobody';
  return h(
    'div',
    { class: 'head' },
    h(
      'div',
      {},
      h('h2', { text: summary.name }),
      h('p', {
        class: 'quiet',
        text: [summary.contact, phoneText(summary.phone), summary.where].filter(Boolean).join(' · '),
      }),
    ),
    h(
      'div',
      { class: 'head-right' },
      phaseChip(summary.phase),
      h('p', { class: 'quiet', text: `Cycle ${lead.cycle} · ${owner}` }),
      remove,
    ),
  );
}

function steps(lead) {
  const phase = lead.fields.phase;
  const at = phase === 'PostInitialHelPhaseDemoNotHeld' ? 4 : STEPS.indexOf(phase);
  const over = at === -1;
  const list = STEP_NAMES.map((name, step) => {
    const missed = phase === 'PostInitialHelPhaseDemoNotHeld' && step === 4;
    const mark = over ? '' : step < at ? 'past' : step === at ? 'here' : '';
    return h('li', {
      class: `${mark}${missed ? ' missed' : ''}`,
      'aria-current': step === at ? 'step' : null,
      text: missed ? 'Demo not held' : name,
    });
  });
  return h(
    'div',
    { class: 'progress' },
    h('ol', { class: 'steps', 'aria-label': 'Where the lead stands' }, ...list),
    h('p', { class: 'quiet', text: `${PHASES[phase]?.[0]}.` }),
  );
}

function buttons(lead, summary, actions) {
  const list = actions.map((name) =>
    h('button', {
      class: ACTIONS[name].kind ?? '',
      'data-action': name,
      text: ACTIONS[name].label,
      onclick: () => ACTIONS[name].run(lead.id, summary.name),
    }),
  );
  const quiet =
    lead.fields.do_not_call === true && h('p', { class: 'note', text: 'Do Not Call: this lead is not dialled.' });
  return h(
    'div',
    {},
    quiet,
    h('div', { class: 'buttons left', role: 'group', 'aria-label': 'What you can do' }, ...list),
  );
}

function planned(schedule) {
  const future = schedule.filter((item) => item.state === 'planned');
  const past = schedule.filter((item) => item.state !== 'planned').reverse();
  const entry = (item) =>
    h(
      'li',
      { class: item.state },
      h('strong', { text: KINDS[item.kind] }),
      h('span', { text: ` ${dateTime(item.start_time)} (${fromNow(item.start_time)})` }),
      h('span', {
        class: 'quiet',
        text: ` · ${repName(item.rep_id)}${item.specific_time ? '' : ' · any time'}${item.state === 'planned' ? '' : ` · ${item.state}`}`,
      }),
      item.state === 'planned' && h('button', { class: 'plain', text: 'Move', onclick: () => rescheduleDialog(item) }),
      item.state === 'planned' &&
        h('button', { class: 'plain danger-text', text: 'Delete', onclick: () => deleteEventDialog(item) }),
    );
  const list =
    future.length > 0
      ? h('ul', { class: 'rows' }, ...future.map(entry))
      : h('p', { class: 'quiet', text: 'Nothing is planned.' });
  const before =
    past.length > 0 &&
    h(
      'details',
      { id: 'past-events' },
      h('summary', { text: `Before (${past.length})` }),
      h('ul', { class: 'rows' }, ...past.map(entry)),
    );
  return h('section', { class: 'panel' }, h('h3', { text: 'Planned' }), list, before);
}

function fieldsForm(lead) {
  const fields = state.fields.filter(
    (field) => field.object === 'lead' && !field.read_only && !NOT_EDITED.has(field.name),
  );
  inputs = fields.map((field) => ({ field, ...fieldInput(field, lead.fields[field.name]) }));
  inputs.sort((one, other) => Number(isWide(one.field)) - Number(isWide(other.field)));
  const save = h('button', { class: 'primary', type: 'submit', text: 'Save changes', disabled: true });
  const revert = h('button', { type: 'button', text: 'Undo', disabled: true, onclick: () => void showLead(lead.id) });
  const form = h(
    'form',
    { class: 'fields', novalidate: true },
    h('div', { class: 'grid' }, ...inputs.map(({ element }) => element)),
    h('div', { class: 'buttons left' }, save, revert),
  );
  form.addEventListener('input', () => (save.disabled = revert.disabled = !isDirty()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void saveFields(lead.id, form);
  });
  return form;
}

async function saveFields(id, form) {
  for (const error of form.querySelectorAll('.field-error')) error.textContent = '';
  const edited = inputs.filter(({ field, read }) => changed(field, read()));
  if (edited.length === 0) return;
  const fields = Object.fromEntries(edited.map(({ field, read }) => [field.name, read()]));
  try {
    await ask('PATCH', `leads/${encodeURIComponent(id)}`, { fields, rep_id: actingRep() });
    toast('Saved.');
    await showLead(id);
  } catch (problem) {
    const error = document.getElementById(`field-${problem.field}-error`);
    if (error) error.textContent = problem.message;
    document.getElementById(`field-${problem.field}`)?.focus();
    toast(problem.message, 'bad');
  }
}

function done(activities) {
  const entry = (activity) =>
    h(
      'li',
      {},
      h('strong', { text: MEDIA[activity.communication_type] }),
      activity.disposition && h('span', { text: ` · ${activity.disposition.type}` }),
      activity.disposition?.start_time && h('span', { text: ` (${dateTime(activity.disposition.start_time)})` }),
      h('span', {
        class: 'quiet',
        text: ` · ${repName(activity.rep_id)} · ${dateTime(activity.created_at)}${activity.conference_duration ? ` · ${activity.conference_duration} s` : ''}`,
      }),
      activity.notes && h('p', { text: activity.notes }),
    );
  const [recent, older] = [activities.slice(0, RECENT), activities.slice(RECENT)];
  return h(
    'section',
    { class: 'panel' },
    h('h3', { text: 'Activity log' }),
    recent.length > 0
      ? h('ul', { class: 'rows' }, ...recent.map(entry))
      : h('p', { class: 'quiet', text: 'Nothing was done yet.' }),
    older.length > 0 &&
      h(
        'details',
        { id: 'older' },
        h('summary', { text: `Older (${older.length})` }),
        h('ul', { class: 'rows' }, ...older.map(entry)),
      ),
  );
}

function sold(sales) {
  const money = new Intl.NumberFormat(undefined, { style: 'currency', currency: sales[0].currency });
  const entry = (sale) =>
    h(
      'li',
      {},
      h('strong', { text: money.format(sale.fields.total) }),
      h('span', {
        class: 'quiet',
        text: ` · cycle ${sale.cycle} · ${repName(sale.rep_id)} · ${dateTime(sale.made_at)}`,
      }),
      h('p', {
        text: sale.items
          .map((item) => `${item.quantity} × ${item.product_name} at ${money.format(Number(item.unit_price))}`)
          .join(', '),
      }),
    );
  return h('section', { class: 'panel' }, h('h3', { text: 'Sales' }), h('ul', { class: 'rows' }, ...sales.map(entry)));
}

function facts(lead) {
  const { lead_id, contact_id, account_id } = lead.salesforce;
  const entries = [
    ['Lead id', lead.id],
    ['Version', lead.version],
    ['Created', dateTime(lead.created_at)],
    ['Last changed', dateTime(lead.updated_at)],
    ['Salesforce Lead', lead_id ?? 'not linked'],
    ['Salesforce Contact', contact_id ?? 'not linked'],
    ['Salesforce Account', account_id ?? 'not linked'],
  ];
  return h(
    'details',
    { id: 'facts', class: 'panel' },
    h('summary', { text: 'Ids and version' }),
    h('dl', {}, ...entries.flatMap(([name, value]) => [h('dt', { text: name }), h('dd', { text: value })])),
  );
}
