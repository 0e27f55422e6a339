// What happens, beside the card: the event log, the webhooks and their mischief, the alerts, and the Field Manager.
import { post } from './api.js';
import { $, clockTime, dateTime, h } from './dom.js';
import { row } from './form.js';
import { repName, state, toast } from './state.js';

const LOG_LENGTH = 200;
const log = [];
/** Of the newest event in the log. */
export const lastSequence = () => log[0]?.sequence ?? 0;

export function startTabs() {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      $(tab.getAttribute('aria-controls')).hidden = tab !== chosen;
    }
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      choose(next);
      next.focus();
    });
  });
}

/** A value in words: times and reps as people say them. */
function textOf(name, value) {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.join(', ');
  const type = state.fields.find((field) => field.object === 'lead' && field.name === name)?.type;
  if (type === 'datetime') return dateTime(value);
  return type === 'rep' ? repName(value) : String(value);
}

/** Newest first; events that are known already are left out. @param anew forgets what there was. */
export function drawLog(events, open, anew = false) {
  if (anew) log.length = 0;
  const last = lastSequence();
  log.unshift(...events.filter((event) => event.sequence > last).reverse());
  log.length = Math.min(log.length, LOG_LENGTH);
  if (log.length === 0) {
    $('panel-log').replaceChildren(
      h('p', {
        class: 'quiet pad',
        text: 'Nothing has happened yet. Every change of a lead will be here, as it is in the feed.',
      }),
    );
    return;
  }
  const entry = (event) => {
    const changes = Object.entries(event.changes);
    const listed = event.type === 'lead.created' ? [] : changes;
    const name = event.name ?? 'The field catalogue';
    const title =
      event.lead_id && event.type !== 'lead.deleted'
        ? h('button', { class: 'plain', text: name, onclick: () => open(event.lead_id) })
        : h('span', { text: name });
    const who = event.actor.id
      ? repName(event.actor.id)
      : { api: 'Salesforce (API)', import: 'Import', system: 'Sellfire' }[event.actor.kind];
    return h(
      'li',
      {},
      h(
        'div',
        { class: 'log-line' },
        h('span', { class: `event ${event.type.split('.')[0]}`, text: event.type }),
        h('span', { class: 'quiet', text: `#${event.sequence} · ${clockTime(event.occurred_at)}` }),
      ),
      h('div', {}, title, h('span', { class: 'quiet', text: ` · ${who ?? event.actor.kind}` })),
      event.activity &&
        h('div', {
          class: 'change',
          text: [event.activity.communication_type, event.activity.disposition?.type].filter(Boolean).join(': '),
        }),
      event.schedule_item &&
        h('div', {
          class: 'change',
          text: `${event.schedule_item.kind.replace('_', ' ')} ${dateTime(event.schedule_item.start_time)}, ${event.schedule_item.state}`,
        }),
      ...listed.map(([field, { from, to }]) =>
        h(
          'div',
          { class: 'change' },
          h('b', { text: field }),
          h('span', { text: `: ${textOf(field, from)} → ${textOf(field, to)}` }),
        ),
      ),
    );
  };
  $('panel-log').replaceChildren(h('ul', { class: 'log', 'aria-live': 'polite' }, ...log.map(entry)));
}

let drawnControls = '';
export function drawWebhooks({ controls, subscriptions, deliveries }) {
  const pending = subscriptions.reduce((sum, one) => sum + one.pending, 0);
  $('webhook-badge').textContent = controls.paused ? 'paused' : String(pending);
  $('webhook-badge').title = controls.paused ? 'Paused' : 'Events that wait to be taken';
  $('webhook-badge').hidden = pending === 0 && !controls.paused;
  const panel = $('panel-webhooks');
  if (panel.children.length === 0)
    panel.append(
      h('div', { id: 'webhook-state' }),
      h('div', { id: 'webhook-controls' }),
      h('div', { id: 'webhook-deliveries' }),
    );
  $('webhook-state').replaceChildren(
    subscriptions.length === 0
      ? h('p', { class: 'quiet', text: 'Nobody has subscribed. The bridge does so when it starts.' })
      : h('ul', { class: 'rows' }, ...subscriptions.map(subscriptionRow)),
  );
  if (drawnControls !== JSON.stringify(controls)) drawControls(controls);
  drawnControls = JSON.stringify(controls);
  const entry = (delivery) => {
    const { sequences } = delivery;
    const which = sequences.length === 1 ? `#${sequences[0]}` : `#${Math.min(...sequences)}–#${Math.max(...sequences)}`;
    const said = delivery.outcome === 'delivered' ? `taken (${delivery.status})` : (delivery.error ?? delivery.outcome);
    return h(
      'li',
      { class: delivery.outcome },
      h('strong', { text: which }),
      h('span', { text: ` ${said}` }),
      h('span', { class: 'quiet', text: ` · ${delivery.subscription} · ${clockTime(delivery.at)}` }),
    );
  };
  $('webhook-deliveries').replaceChildren(
    h('h3', { text: 'Last deliveries' }),
    deliveries.length === 0
      ? h('p', { class: 'quiet', text: 'None yet.' })
      : h('ul', { class: 'rows' }, ...[...deliveries].reverse().map(entry)),
  );
}

function subscriptionRow({ name, url, cursor, pending, failures }) {
  const failed = failures === 1 ? 'The last attempt has failed' : `${failures} attempts in a row have failed`;
  const health = failures > 0 ? failed : pending > 0 ? `${pending} waiting` : 'has everything';
  return h(
    'li',
    { class: failures > 0 ? 'failed' : 'delivered' },
    h('strong', { text: name }),
    h('span', { text: ` ${health}, up to #${cursor}` }),
    h('p', { class: 'quiet', text: url }),
  );
}

function drawControls(controls) {
  const send = async (change) => {
    try {
      drawWebhooks(await post('webhooks', change));
    } catch (problem) {
      toast(problem.message, 'bad');
      drawControls(controls);
    }
  };
  const toggle = (name, label) =>
    row(
      label,
      h('input', {
        type: 'checkbox',
        id: `webhook-${name}`,
        checked: controls[name],
        onchange: ({ target }) => void send({ [name]: target.checked }),
      }),
    );
  const number = (name, label, max) =>
    row(
      label,
      h('input', {
        type: 'number',
        id: `webhook-${name}`,
        min: 0,
        max,
        value: controls[name],
        onchange: ({ target }) => void send({ [name]: Number(target.value) }),
      }),
    );
  $('webhook-controls').replaceChildren(
    h('h3', { text: 'Mischief' }),
    toggle('paused', 'Pause deliveries'),
    toggle('reorder', 'Change the order'),
    number('repeat', 'Repeat each, times', 10),
    number('delay_ms', 'Delay each, ms', 60000),
    number('lose', 'Lose the next', 1000000),
  );
}

export function drawAlerts(alerts) {
  $('alert-badge').textContent = String(alerts.length);
  $('alert-badge').hidden = alerts.length === 0;
  const entry = (alert) =>
    h(
      'li',
      {},
      h('strong', { text: alert.subject }),
      h('p', { class: 'quiet', text: `To ${alert.to.join(', ')} · ${dateTime(alert.sent_at)}` }),
      h('p', { class: 'email-body', text: alert.body }),
    );
  $('panel-alerts').replaceChildren(
    alerts.length === 0
      ? h('p', {
          class: 'quiet pad',
          text: 'No alert was mailed. The Enablement users get one when Salesforce changes an owner who is needed here.',
        })
      : h('ul', { class: 'rows' }, ...[...alerts].reverse().map(entry)),
  );
}

/** The Field Manager: the catalogue, and a way to add to it. `changed` is called after it was. */
export function drawFields(changed) {
  const label = h('input', { name: 'label', maxlength: 80, placeholder: 'Parking spaces' });
  const types = [
    'text',
    'long_text',
    'number',
    'currency',
    'date',
    'checkbox',
    'select',
    'multi_select',
    'multi_text',
    'url',
  ];
  const type = h('select', { name: 'type' }, ...types.map((value) => h('option', { value, text: value })));
  const options = h('input', { name: 'options', placeholder: 'Comma-separated, for dropdowns' });
  const add = h(
    'form',
    { class: 'field-manager', novalidate: true },
    h('h3', { text: 'New lead field' }),
    row('Label', label),
    row('Type', type),
    row('Options', options),
    h('div', { class: 'buttons left' }, h('button', { class: 'primary', type: 'submit', text: 'Add field' })),
  );
  add.addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = `custom_${label.value
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')}`;
    const listed = options.value
      .split(',')
      .map((option) => option.trim())
      .filter(Boolean);
    try {
      await post('fields', { object: 'lead', name, label: label.value.trim(), type: type.value, options: listed });
      toast('Field added.');
      changed();
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  });
  const entry = (field) =>
    h(
      'li',
      {},
      h('strong', { text: field.label }),
      h('span', {
        class: 'quiet',
        text: ` ${field.object}.${field.name} · ${field.type}${field.read_only ? ' · read-only' : ''}${field.custom ? ' · custom' : ''}`,
      }),
    );
  $('panel-fields').replaceChildren(
    add,
    h('h3', { text: `All fields (${state.fields.length})` }),
    h('ul', { class: 'rows' }, ...state.fields.map(entry)),
  );
}
