// What a rep does with the lead on the card: each a button, most with a small dialog.
import { ask, post } from './api.js';
import { h, localInput } from './dom.js';
import { fieldInput, openDialog, row } from './form.js';
import { actingRep, state, toast } from './state.js';

const HOUR = 3_600_000;
/** Tomorrow at the next full hour. */
const tomorrow = () => new Date(Math.ceil((Date.now() + 24 * HOUR) / HOUR) * HOUR);
const timeInput = (date) =>
  h('input', { type: 'datetime-local', name: 'start_time', required: true, value: localInput(date) });
const notesInput = () => h('textarea', { name: 'notes', rows: 3, placeholder: 'What was said (optional)' });
const secondsInput = () =>
  h('input', { type: 'number', name: 'conference_duration', min: 0, value: '', placeholder: 'none: no call' });
const choice = (name, options) =>
  h('select', { name }, ...options.map(([value, text]) => h('option', { value, text })));

/** What the controls of a dialog hold, blanks left out, times in UTC. */
function read(controls) {
  const values = { rep_id: actingRep() };
  for (const { name, type, value, checked } of controls) {
    if (type === 'checkbox') values[name] = checked;
    else if (value === '') continue;
    else if (type === 'number') values[name] = Number(value);
    else if (type === 'datetime-local') values[name] = new Date(value).toISOString();
    else values[name] = value;
  }
  return values;
}

/** A dialog of labelled controls that posts what they hold. */
function simple(title, say, action, rows, path, done, danger = false) {
  openDialog({
    title,
    say,
    action,
    danger,
    body: rows.map(([label, control]) => row(label, control)),
    submit: async () => {
      await post(path, read(rows.map(([, control]) => control)));
      toast(done);
    },
  });
}

const lead = (id, action) => `leads/${encodeURIComponent(id)}/${action}`;

/** @type {Record<string, { label: string, kind?: string, run: (id: string, name: string) => void }>} */
export const ACTIONS = {
  log_call: {
    label: 'Log call',
    kind: 'primary',
    run: (id, name) =>
      simple(
        `A call to ${name}`,
        null,
        'Log call',
        [
          [
            'Outcome',
            choice('outcome', [
              ['no_answer', 'No answer'],
              ['voicemail', 'Voicemail'],
              ['gatekeeper', 'Reached a gatekeeper'],
              ['decision_maker', 'Reached the decision maker'],
            ]),
          ],
          ['Seconds of talk', h('input', { type: 'number', name: 'conference_duration', min: 0, value: 30 })],
          ['Notes', notesInput()],
        ],
        lead(id, 'log_call'),
        'Call logged.',
      ),
  },
  log_email: {
    label: 'Log e-mail',
    run: (id, name) =>
      simple(
        `An e-mail to ${name}`,
        null,
        'Log e-mail',
        [['Notes', notesInput()]],
        lead(id, 'log_email'),
        'E-mail logged.',
      ),
  },
  set_demo: {
    label: 'Set demo',
    kind: 'primary',
    run: (id, name) =>
      simple(
        `A demo for ${name}`,
        'The first demo of a cycle brings the lead to HeldPhase.',
        'Set demo',
        [
          ['When', timeInput(tomorrow())],
          ['Seconds of talk', secondsInput()],
          ['Notes', notesInput()],
        ],
        lead(id, 'set_demo'),
        'Demo set.',
      ),
  },
  hold_demo: {
    label: 'Demo held',
    kind: 'primary',
    run: (id, name) =>
      simple(
        `The demo for ${name} was held`,
        null,
        'Demo held',
        [
          ['Seconds of talk', h('input', { type: 'number', name: 'conference_duration', min: 0, value: 1800 })],
          ['Notes', notesInput()],
        ],
        lead(id, 'hold_demo'),
        'Demo held.',
      ),
  },
  miss_demo: {
    label: 'Demo not held',
    run: (id, name) =>
      simple(
        `The demo for ${name} was not held`,
        null,
        'Not held',
        [['Notes', notesInput()]],
        lead(id, 'miss_demo'),
        'Demo not held.',
      ),
  },
  plan: {
    label: 'Plan callback',
    run: (id, name) =>
      simple(
        `A callback to ${name}`,
        'At a specific time it keeps the lead with its owner.',
        'Plan',
        [
          [
            'What',
            choice('kind', [
              ['callback', 'Callback'],
              ['decision_call', 'Decision call'],
            ]),
          ],
          ['When', timeInput(tomorrow())],
          ['At a specific time', h('input', { type: 'checkbox', name: 'specific_time', checked: true })],
          ['Notes', notesInput()],
        ],
        lead(id, 'plan'),
        'Planned.',
      ),
  },
  sell: { label: 'Make a sale', kind: 'win', run: sellDialog },
  rest: {
    label: 'Not interested',
    run: (id, name) =>
      simple(
        `${name} is not interested`,
        'The lead rests; what was planned is dropped.',
        'Let it rest',
        [
          ['Seconds of talk', secondsInput()],
          ['Notes', notesInput()],
        ],
        lead(id, 'rest'),
        'The lead rests.',
      ),
  },
  retire: {
    label: 'Retire',
    kind: 'danger',
    run: (id, name) =>
      simple(
        `Retire ${name}`,
        'Nobody claims, dials or is assigned a retired lead.',
        'Retire',
        [['Notes', notesInput()]],
        lead(id, 'retire'),
        'Retired.',
        true,
      ),
  },
  reopen: {
    label: 'Reopen',
    kind: 'primary',
    run: async (id) => {
      try {
        await post(lead(id, 'reopen'), { rep_id: actingRep() });
        toast('Reopened: a new cycle begins.');
      } catch (problem) {
        toast(problem.message, 'bad');
      }
    },
  },
};

function sellDialog(id, name) {
  const items = h('div', { class: 'items' });
  const people = h('div', { class: 'items' });
  const part = (key, label, props) =>
    h('input', { 'aria-label': label, placeholder: label, 'data-key': key, ...props });
  const line = (list, ...inputs) => {
    const remove = h('button', { type: 'button', class: 'plain', 'aria-label': 'Remove this line', text: '✕' });
    const element = h('div', { class: 'item' }, ...inputs, remove);
    remove.addEventListener('click', () => element.remove());
    list.append(element);
  };
  const addItem = () =>
    line(
      items,
      part('product_code', 'Code', { value: items.children.length === 0 ? 'SEAT' : '' }),
      part('product_name', 'Product', { value: items.children.length === 0 ? 'Monthly seat' : '' }),
      part('quantity', 'Quantity', { type: 'number', min: 1, value: 1 }),
      part('unit_price', 'Price each', { inputmode: 'decimal', value: items.children.length === 0 ? '129.50' : '' }),
    );
  const addPerson = () =>
    line(
      people,
      part('first_name', 'First name'),
      part('last_name', 'Last name'),
      part('phone_number', 'Phone', { type: 'tel' }),
    );
  const readLines = (list) =>
    [...list.children].map((element) => {
      const inputs = [...element.querySelectorAll('input')].filter((input) => input.value.trim() !== '');
      return Object.fromEntries(
        inputs.map((input) => [input.dataset.key, input.type === 'number' ? Number(input.value) : input.value.trim()]),
      );
    });
  addItem();
  const notes = notesInput();
  openDialog({
    title: `A sale to ${name}`,
    say: 'Prices in US dollars. The lead becomes a customer.',
    action: 'Make the sale',
    wide: true,
    body: [
      h('h3', { text: 'Items' }),
      items,
      h('button', { type: 'button', class: 'plain', text: '+ Another item', onclick: addItem }),
      h('h3', { text: 'Other people of the business' }),
      people,
      h('button', { type: 'button', class: 'plain', text: '+ A person', onclick: addPerson }),
      row('Notes', notes),
    ],
    submit: async () => {
      const body = { ...read([notes]), items: readLines(items), associated_contacts: readLines(people) };
      await post(lead(id, 'sell'), body);
      toast('Sold!', 'win');
    },
  });
}

/** A new lead; `done` gets its id. */
export function newLeadDialog(done) {
  const wanted = [
    'primary_phone_number',
    'business_name',
    'first_name',
    'last_name',
    'email',
    'city',
    'state',
    'owned_rep_id',
  ];
  const inputs = wanted.flatMap((name) => {
    const field = state.fields.find((one) => one.object === 'lead' && one.name === name);
    return field ? [{ name, ...fieldInput(field, null) }] : [];
  });
  openDialog({
    title: 'New lead',
    action: 'Create lead',
    wide: true,
    body: [h('div', { class: 'grid' }, ...inputs.map(({ element }) => element))],
    submit: async () => {
      const fields = {};
      for (const { name, read: value } of inputs) if (value() !== null) fields[name] = value();
      const created = await post('leads', { fields, rep_id: actingRep() });
      toast('Lead created.');
      done(created.id);
    },
  });
}

export const rescheduleDialog = (item) =>
  simple(
    'Move the event',
    null,
    'Move',
    [
      ['To', timeInput(new Date(item.start_time))],
      ['Notes', notesInput()],
    ],
    `events/${item.id}/reschedule`,
    'Moved.',
  );

export const deleteEventDialog = (item) =>
  simple(
    'Delete the event',
    'A first demo that is deleted counts as not held.',
    'Delete event',
    [['Notes', notesInput()]],
    `events/${item.id}/delete`,
    'Deleted.',
    true,
  );

export const deleteLeadDialog = (id, name, done) =>
  openDialog({
    title: `Delete ${name}`,
    say: 'The lead and what is planned for it are gone for good; its phone is free again.',
    action: 'Delete lead',
    danger: true,
    submit: async () => {
      await ask('DELETE', `leads/${encodeURIComponent(id)}`);
      toast('Lead deleted.');
      done();
    },
  });
