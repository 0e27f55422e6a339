// What the API may do to leads, judged by the dialer's own rules: phases (M15) and ownership (M14) are Sellfire's to decide.
import type { Actor } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Phase } from '../../bridge/model/phase.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { ownerOf, phaseOf, type Fields, type Leads } from './leads.ts';
import { isClosed, whyRefused } from './phases.ts';
import { normalisePhone } from './phone.ts';
import { Refusal } from './problem.ts';
import type { Reps } from './reps.ts';
import type { Schedule } from './schedule.ts';
import type { CreateLead, UpdateLead } from '../../bridge/model/leadWrite.ts';

interface Parts {
  catalogue: Catalogue;
  leads: Leads;
  reps: Reps;
  schedule: Schedule;
  clock: Clock;
}

export interface Lookup {
  ids?: string[] | undefined;
  phones?: string[] | undefined;
  salesforce_ids?: string[] | undefined;
}

export class LeadRequests {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws Refusal for the first field that does not fit, phone_taken, phase_refused, owner_refused. */
  create(request: CreateLead, actor: Actor): Lead {
    const fields = this.#parts.catalogue.parse('lead', request.fields);
    this.#parts.catalogue.complete(fields);
    this.#judge(null, fields);
    return this.#parts.leads.create({ fields, salesforce: request.salesforce }, actor);
  }

  /** @throws Refusal as for `create`, and not_found, version_conflict. */
  update(id: string, request: UpdateLead, actor: Actor): Lead {
    const lead = this.#parts.leads.get(id);
    if (request.if_version !== undefined && request.if_version !== lead.version)
      throw new Refusal('version_conflict', `Lead ${id} is at version ${lead.version}, not ${request.if_version}.`, {
        lead_id: id,
      });
    const fields = this.#parts.catalogue.parse('lead', request.fields ?? {});
    this.#judge(lead, fields);
    return this.#parts.leads.change(id, { fields, salesforce: request.salesforce }, actor);
  }

  /** Each lead once; by id deleted ones too. What is no phone number or is not known is left out. */
  lookup(by: Lookup): Lead[] {
    const { leads } = this.#parts;
    const phones = (by.phones ?? []).map((phone) => normalisePhone(phone));
    const found = [
      ...(by.ids ?? []).map((id) => leads.find(id)),
      ...phones.map((phone) => (phone === null ? undefined : leads.findByPhone(phone))),
      ...(by.salesforce_ids ?? []).flatMap((id) => leads.findBySalesforceId(id)),
    ];
    return [...new Set(found)].filter((lead) => lead !== undefined);
  }

  #judge(lead: Lead | null, fields: Fields): void {
    const from = lead ? phaseOf(lead) : null;
    if ('phase' in fields) {
      const why = whyRefused(from, fields['phase'] as Phase | null);
      if (why !== null) throw new Refusal('phase_refused', why, { field: 'phase' });
    }
    const owner = (fields['owned_rep_id'] ?? null) as string | null;
    if (!('owned_rep_id' in fields) || owner === (lead ? ownerOf(lead) : null)) return;
    this.#judgeOwner(lead, owner, (fields['phase'] as Phase | undefined) ?? from ?? 'ColdCallCold');
  }

  #judgeOwner(lead: Lead | null, owner: string | null, phase: Phase): void {
    const { reps, schedule, clock } = this.#parts;
    if (owner !== null) {
      reps.requireOwner(owner);
      if (isClosed(phase))
        throw new Refusal('owner_refused', `A lead in ${phase} is assigned to nobody.`, { field: 'owned_rep_id' });
    }
    const present = lead ? ownerOf(lead) : null;
    const holding = lead && present !== null ? schedule.holding(lead.id, present, clock()) : [];
    if (holding.length === 0) return;
    const events = holding.map((item) => `${item.kind.replace('_', ' ')} at ${item.start_time}`).join(', ');
    throw new Refusal('owner_refused', `${reps.find(present ?? '')?.name ?? present} holds the lead by: ${events}.`, {
      field: 'owned_rep_id',
    });
  }
}
