// Forms: an input that fits the type of a Sellfire field, and a dialog that stays open, with the reason, when it is refused.
import { h } from './dom.js';
import { state } from './state.js';

const LIST_HINTS = { multi_text: 'One per line' };
const WIDE = new Set(['long_text', 'multi_text', 'multi_select']);
/** Whether a field takes the whole width of a form. */
export const isWide = (field) => WIDE.has(field.type);

const select = (props, options, chosen) =>
  h(
    'select',
    props,
    ...options.map(([value, label]) => h('option', { value, text: label, selected: chosen.includes(value) })),
  );

/** @returns {{ element: HTMLElement, read: () => unknown }} */
export function fieldInput(field, value) {
  const id = `field-${field.name}`;
  const props = { id, name: field.name, disabled: field.read_only, maxlength: field.max_length ?? undefined };
  const none = ['', '—'];
  let input;
  let read = () => (input.value.trim() === '' ? null : input.value);
  switch (field.type) {
    case 'long_text':
      input = h('textarea', { ...props, rows: 3 });
      input.value = value ?? '';
      break;
    case 'multi_text':
      input = h('textarea', { ...props, maxlength: undefined, rows: 2 });
      input.value = (value ?? []).join('\n');
      read = () => input.value.split('\n').filter((line) => line.trim() !== '');
      break;
    case 'checkbox':
      input = h('input', { ...props, maxlength: undefined, type: 'checkbox', checked: value === true });
      read = () => input.checked;
      break;
    case 'number':
    case 'currency':
    case 'percent':
      input = h('input', { ...props, type: 'number', step: 'any', value: value ?? '' });
      read = () => (input.value === '' ? null : Number(input.value));
      break;
    case 'date':
      input = h('input', { ...props, type: 'date', value: value ?? '' });
      break;
    case 'datetime':
      input = h('input', { ...props, type: 'text', value: value ?? '' });
      break;
    case 'select':
      input = select(props, [none, ...field.options.map((option) => [option, option])], [value ?? '']);
      break;
    case 'rep':
      input = select(
        props,
        [['', 'Nobody'], ...state.reps.filter((rep) => rep.role === 'rep').map((rep) => [rep.id, nameOf(rep)])],
        [value ?? ''],
      );
      break;
    case 'multi_select': {
      const boxes = field.options.map((option) =>
        h('input', { type: 'checkbox', value: option, checked: (value ?? []).includes(option) }),
      );
      input = h(
        'div',
        { class: 'choices', role: 'group', id, 'aria-label': field.label, tabindex: -1 },
        ...boxes.map((box) => h('label', {}, box, box.value)),
      );
      read = () => boxes.filter((box) => box.checked).map((box) => box.value);
      break;
    }
    default:
      input = h('input', { ...props, type: field.type === 'phone' ? 'tel' : 'text', value: value ?? '' });
  }
  const hint = LIST_HINTS[field.type];
  const label = h('label', { for: id }, field.label, field.custom && h('span', { class: 'tag', text: 'custom' }));
  const row = [
    label,
    input,
    hint && h('small', { text: hint }),
    h('span', { class: 'field-error', id: `${id}-error` }),
  ];
  return { element: h('div', { class: `field ${field.type}${isWide(field) ? ' wide' : ''}` }, ...row), read };
}

const nameOf = (rep) => (rep.state === 'deleted' ? `${rep.name} (deleted)` : rep.name);

/** A labelled control for a dialog. */
export const row = (label, control) => h('label', { class: 'row' }, h('span', { text: label }), control);

/**
 * Opens a dialog; `submit` may throw: then the dialog displays its message and stays. Focus returns to where it was.
 * @param {{ title: string, say?: string, body?: Node[], action: string, danger?: boolean, wide?: boolean, submit: () => Promise<unknown> }} options
 */
export function openDialog({ title, say, body = [], action, danger = false, wide = false, submit }) {
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const button = h('button', { class: danger ? 'danger' : 'primary', type: 'submit', text: action });
  const cancel = h('button', { type: 'button', text: 'Cancel', onclick: () => dialog.close() });
  const form = h(
    'form',
    { method: 'dialog', novalidate: true },
    h('h2', { text: title }),
    say && h('p', { class: 'quiet', text: say }),
    ...body,
    error,
    h('div', { class: 'buttons' }, cancel, button),
  );
  const dialog = h('dialog', { class: wide ? 'wide' : '', 'aria-label': title, onclose: () => dialog.remove() }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.hidden = true;
    try {
      await submit();
      dialog.close();
    } catch (problem) {
      error.textContent = problem.message;
      error.hidden = false;
      form.querySelector(`[name="${CSS.escape(problem.field ?? '')}"]`)?.focus();
    } finally {
      button.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector('input, select, textarea')?.focus();
}
