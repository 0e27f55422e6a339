// The console: one page where a person is the rep, and the routes behind it. For this machine only; no API key.
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { sellfireFieldSchema, sellfireValueSchema } from '../../bridge/model/field.ts';
import { repSchema } from '../../bridge/model/rep.ts';
import { CALL_OUTCOMES, type Desk } from './desk.ts';
import type { Dialer } from './dialer.ts';
import { listLeads, openPage, showLead, stream } from './console-views.ts';
import { Refusal } from './problem.ts';
import { loopbackOnly, parseBody } from './local.ts';
import { newSaleSchema } from './sales.ts';
import { webhookControlsSchema, type Webhooks } from './webhooks.ts';

const PAGE = fileURLToPath(new URL('./console/', import.meta.url));

const by = { rep_id: z.string().optional(), notes: z.string().max(32_000).optional() };
const talk = { ...by, conference_duration: z.int().nonnegative().max(86_400).optional() };
const start = { start_time: z.iso.datetime({ offset: true }) };
const valuesSchema = z.strictObject({ rep_id: by.rep_id, fields: z.record(z.string(), sellfireValueSchema) });
const bySchema = z.strictObject(by);
const talkSchema = z.strictObject(talk);
const planSchema = z.strictObject({ ...talk, ...start });

/** What can be done with a lead: the body that it needs, and how. */
const LEAD_ACTIONS: Readonly<Record<string, (desk: Desk, id: string, body: unknown) => unknown>> = {
  log_call: (desk, id, body) =>
    desk.logCall(
      id,
      parseBody(
        z.strictObject({
          ...talk,
          outcome: z.enum(CALL_OUTCOMES),
          channel: z.enum(['outbound', 'inbound']).optional(),
        }),
        body,
      ),
    ),
  log_email: (desk, id, body) => desk.logEmail(id, parseBody(bySchema, body)),
  set_demo: (desk, id, body) => desk.setDemo(id, parseBody(planSchema, body)),
  hold_demo: (desk, id, body) => desk.holdDemo(id, parseBody(talkSchema, body)),
  miss_demo: (desk, id, body) => desk.missDemo(id, parseBody(bySchema, body)),
  plan: (desk, id, body) =>
    desk.plan(
      id,
      parseBody(
        z.strictObject({
          ...talk,
          ...start,
          kind: z.enum(['callback', 'decision_call']).optional(),
          specific_time: z.boolean().optional(),
        }),
        body,
      ),
    ),
  rest: (desk, id, body) => desk.rest(id, parseBody(talkSchema, body)),
  retire: (desk, id, body) => desk.retire(id, parseBody(talkSchema, body)),
  reopen: (desk, id, body) => desk.reopen(id, parseBody(bySchema, body)),
  sell: (desk, id, body) => desk.sell(id, parseBody(newSaleSchema.extend(talk), body)),
};
const EVENT_ACTIONS: Readonly<Record<string, (desk: Desk, id: string, body: unknown) => unknown>> = {
  reschedule: (desk, id, body) => desk.reschedule(id, parseBody(planSchema, body)),
  delete: (desk, id, body) => desk.deleteEvent(id, parseBody(bySchema, body)),
};

const named =
  (actions: Readonly<Record<string, (desk: Desk, id: string, body: unknown) => unknown>>, desk: Desk) =>
  (request: Request, response: Response): void => {
    const action = actions[String(request.params['action'])];
    if (!action) throw new Refusal('not_found', `There is no action "${String(request.params['action'])}".`);
    response.json(action(desk, String(request.params['id']), request.body ?? {}));
  };

/** /console/ and /console/api/…, for pages of this origin on this machine. */
export function consoleRouter(dialer: Dialer, webhooks: Webhooks): Router {
  const { desk } = dialer;
  const router = express.Router();
  const enablement = () => ({
    kind: 'enablement' as const,
    id: dialer.reps.enablement()[0]?.id ?? null,
    request_id: null,
  });
  router.use('/console', loopbackOnly, secureHeaders, express.json());
  router.get('/console/api/account', (_request, response) => void response.json(openPage(dialer, webhooks)));
  router.get('/console/api/leads', (request, response) => void response.json(listLeads(dialer, request.query)));
  router.post('/console/api/leads', (request, response) => {
    const { fields, rep_id } = parseBody(valuesSchema, request.body);
    response.status(201).json(desk.createLead(fields, { rep_id }));
  });
  const lead = router.route('/console/api/leads/:id');
  lead.get((request, response) => void response.json(showLead(dialer, request.params.id)));
  lead.patch((request, response) => {
    const { fields, rep_id } = parseBody(valuesSchema, request.body);
    response.json(desk.editLead(request.params.id, fields, { rep_id }));
  });
  lead.delete((request, response) => void response.json(desk.deleteLead(request.params.id)));
  router.post('/console/api/leads/:id/:action', named(LEAD_ACTIONS, desk));
  router.post('/console/api/events/:id/:action', named(EVENT_ACTIONS, desk));
  router.get('/console/api/stream', stream(dialer, webhooks));
  router.get('/console/api/alerts', (_request, response) => void response.json(dialer.alerts.list()));
  router.post('/console/api/webhooks', (request, response) => {
    webhooks.control(parseBody(webhookControlsSchema.partial(), request.body));
    response.json(webhooks.state());
  });
  router.post('/console/api/fields', (request, response) => {
    const { label, object, name, type, max_length, options } = parseBody(newFieldSchema, request.body);
    const extra = { ...(max_length === undefined ? {} : { max_length }), ...(options ? { options } : {}) };
    response.status(201).json(dialer.addField({ label, object, name, type, ...extra }, enablement()));
  });
  router.post('/console/api/fields/:object/:name/options', (request, response) => {
    const { option } = parseBody(z.strictObject({ option: z.string() }), request.body);
    response.json(dialer.catalogue.addOption(request.params.object, request.params.name, option, enablement()));
  });
  router.patch('/console/api/reps/:id', (request, response) => {
    const given = Object.entries(parseBody(repChangeSchema, request.body)).filter(([, value]) => value !== undefined);
    response.json(dialer.reps.change(request.params.id, Object.fromEntries(given)));
  });
  router.use('/console', express.static(PAGE));
  return router;
}

const newFieldSchema = z.strictObject({
  ...sellfireFieldSchema.pick({ object: true, name: true, label: true, type: true }).shape,
  max_length: z.int().positive().max(32_000).optional(),
  options: z.array(z.string().trim().min(1).max(255)).max(500).optional(),
});
const repChangeSchema = z.strictObject(repSchema.pick({ state: true, sf_owner_id: true }).partial().shape);

/** Nothing from elsewhere, in no frame, as it is now. */
function secureHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  next();
}
