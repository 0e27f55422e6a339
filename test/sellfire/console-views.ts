// What the console shows: the list, a lead's card, the log, and the stream that keeps the page current.
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { PHASES, phaseSchema, type Phase } from '../../bridge/model/phase.ts';
import type { Dialer } from './dialer.ts';
import { ownerOf, phaseOf, phoneOf } from './leads.ts';
import { parseBody } from './local.ts';
import { isClosed, isCycleOver } from './phases.ts';
import { normalisePhone } from './phone.ts';
import type { Webhooks } from './webhooks.ts';

/** Leads of one answer, and events of the log when the page opens. */
const LIST_LIMIT = 100;
const LOG_LIMIT = 200;
/** The page gets its updates at most this often. */
const STREAM_MS = 100;

/** What the page offers for a lead; the desk decides all the same. */
function actionsFor(dialer: Dialer, lead: Lead): string[] {
  const phase = phaseOf(lead);
  if (isClosed(phase)) return ['reopen'];
  if (isCycleOver(phase)) return ['reopen', 'retire'];
  const demo = dialer.schedule.plannedDemo(lead.id) ? ['hold_demo', 'miss_demo'] : ['set_demo'];
  const call = lead.fields['do_not_call'] === true ? [] : ['log_call'];
  return [...call, 'log_email', ...demo, 'plan', 'sell', 'rest', 'retire'];
}

export const summary = (lead: Lead) => {
  const { business_name, first_name, last_name, city, state } = lead.fields;
  const contact = [first_name, last_name].filter((name) => name !== null).join(' ');
  const where = [city, state].filter((part) => part !== null).join(', ');
  return {
    id: lead.id,
    name: business_name ?? (contact || phoneOf(lead)),
    phone: phoneOf(lead),
    contact,
    where,
    phase: phaseOf(lead),
    owner: ownerOf(lead),
  };
};

/** An event without the whole lead: what the log shows. */
export const brief = (event: SellfireEvent) => {
  const { lead, ...rest } = event;
  return { ...rest, name: lead ? summary(lead).name : null, phase: lead ? phaseOf(lead) : null };
};

const listSchema = z.object({
  q: z.string().max(200).default(''),
  phase: z.union([phaseSchema, z.literal('')]).default(''),
});

export function listLeads(dialer: Dialer, query: unknown) {
  const { q, phase } = parseBody(listSchema, query);
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const phone = normalisePhone(q);
  const counts = Object.fromEntries(PHASES.map((one) => [one, 0])) as Record<Phase, number>;
  const found: ReturnType<typeof summary>[] = [];
  for (const lead of dialer.leads.live()) {
    counts[phaseOf(lead)] += 1;
    if (phase !== '' && phaseOf(lead) !== phase) continue;
    const row = summary(lead);
    const text = `${row.name} ${row.contact} ${row.where} ${row.phone}`.toLowerCase();
    if (row.phone === phone || words.every((word) => text.includes(word))) found.push(row);
  }
  found.sort((one, other) => String(one.name).localeCompare(String(other.name)));
  return { total: found.length, leads: found.slice(0, LIST_LIMIT), counts, all: dialer.leads.size };
}

export function showLead(dialer: Dialer, id: string) {
  const lead = dialer.leads.get(id);
  return {
    lead,
    summary: summary(lead),
    schedule: dialer.schedule.history(id),
    activities: dialer.activities.ofLead(id).reverse(),
    sales: dialer.sales.ofLead(id),
    actions: actionsFor(dialer, lead),
  };
}

/**
 * Server-sent events: `events` for what was added to the feed (since the sequence `after`), `alerts` and `webhooks` for
 * their state, gathered a little.
 */
export function stream(dialer: Dialer, webhooks: Webhooks) {
  return (request: Request, response: Response): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const after = Number(request.query['after'] ?? Number.NaN);
    let seen = after >= 0 && after <= dialer.feed.lastSequence ? after : dialer.feed.lastSequence;
    let alerts = -1;
    let timer: NodeJS.Timeout | undefined;
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const flush = () => {
      timer = undefined;
      const events = dialer.feed.after(Math.max(seen, dialer.feed.lastSequence - LOG_LIMIT));
      seen = dialer.feed.lastSequence;
      if (events.length > 0) send('events', events.map(brief));
      const sent = dialer.alerts.list();
      if (sent.length !== alerts) send('alerts', sent);
      alerts = sent.length;
      send('webhooks', webhooks.state());
    };
    const soon = () => void (timer ??= setTimeout(flush, STREAM_MS));
    const stops = [webhooks.onChange(soon), dialer.alerts.onSend(soon)];
    flush();
    request.on('close', () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
    });
  };
}

/** All that the page needs when it opens. */
export function openPage(dialer: Dialer, webhooks: Webhooks) {
  return {
    account: dialer.account,
    reps: dialer.reps.list(),
    fields: dialer.catalogue.list(),
    phases: PHASES,
    events: dialer.feed.after(Math.max(0, dialer.feed.lastSequence - LOG_LIMIT)).map(brief),
    alerts: dialer.alerts.list(),
    webhooks: webhooks.state(),
  };
}
