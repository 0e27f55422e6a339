// The rep's desk: what a rep does with a lead, by the dialer's rules. Each action is one or more events in the feed.
import type { Lead } from '../../bridge/model/lead.ts';
import type { Rep } from '../../bridge/model/rep.ts';
import { ownerOf, phaseOf, type Fields, type SomeSalesforceIds } from './leads.ts';
import { isClosed, isCycleOver, nextPhase, type Disposition } from './phases.ts';
import { Planner } from './planner.ts';
import { Refusal } from './problem.ts';
import { newSaleSchema, type NewSale } from './sales.ts';
import { actorOf, mediumOf, type By, type Talk } from './work.ts';

export const CALL_OUTCOMES = ['no_answer', 'voicemail', 'gatekeeper', 'decision_maker'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];
export interface CallLog extends Talk {
  outcome: CallOutcome;
  channel?: 'outbound' | 'inbound' | undefined;
}
const OUTCOMES: Readonly<Record<CallOutcome, { disposition: Disposition; type: string }>> = {
  no_answer: { disposition: 'dialled', type: 'NoAnswer' },
  voicemail: { disposition: 'dialled', type: 'Voicemail' },
  gatekeeper: { disposition: 'gatekeeper', type: 'Gatekeeper' },
  decision_maker: { disposition: 'decision_maker', type: 'DecisionMaker' },
};

export class Desk extends Planner {
  createLead(fields: Fields, by: By & { salesforce?: SomeSalesforceIds } = {}): Lead {
    const rep = this.actor(null, by);
    const { phase, ...parsed } = this.parts.catalogue.parse('lead', fields);
    if (phase !== undefined && phase !== 'ColdCallCold')
      throw new Refusal('phase_refused', 'A new lead begins in ColdCallCold.', { field: 'phase' });
    if (typeof parsed['owned_rep_id'] === 'string') this.parts.reps.requireOwner(parsed['owned_rep_id']);
    return this.parts.leads.create({ fields: parsed, salesforce: by.salesforce }, actorOf(rep));
  }

  /** The phase is moved by what a rep does, not by editing. */
  editLead(leadId: string, fields: Fields, by: By = {}): Lead {
    const lead = this.parts.leads.get(leadId);
    const rep = this.actor(lead, by);
    const parsed = this.parts.catalogue.parse('lead', fields);
    if ('phase' in parsed && parsed['phase'] !== phaseOf(lead))
      throw new Refusal('phase_refused', 'A phase is changed by what is done with the lead, not by editing it.', {
        field: 'phase',
      });
    const owner = parsed['owned_rep_id'];
    if (typeof owner === 'string' && owner !== ownerOf(lead)) {
      this.parts.reps.requireOwner(owner);
      if (isClosed(phaseOf(lead)))
        throw new Refusal('owner_refused', `A lead in ${phaseOf(lead)} is assigned to nobody.`, {
          field: 'owned_rep_id',
        });
    }
    return this.parts.leads.change(leadId, { fields: parsed }, actorOf(rep));
  }

  deleteLead(leadId: string, by: By = {}): Lead {
    const lead = this.parts.leads.get(leadId);
    return this.parts.leads.remove(leadId, actorOf(this.actor(lead, by)));
  }

  restoreLead(leadId: string, by: By = {}): Lead {
    return this.parts.leads.restore(leadId, actorOf(this.actor(null, by)));
  }

  logCall(leadId: string, call: CallLog): Lead {
    const { disposition, type } = OUTCOMES[call.outcome];
    const [lead, rep] = this.atWork(leadId, call);
    if (lead.fields['do_not_call'] === true)
      throw new Refusal('forbidden', 'The lead is marked Do Not Call.', { field: 'do_not_call' });
    const called = { last_called_at: new Date(this.parts.clock()).toISOString() };
    const changed = this.#move(lead, disposition, rep, called);
    this.logActivity(changed, rep, call, {
      communication_type: 'call',
      channel: call.channel ?? 'outbound',
      disposition: type,
    });
    return changed;
  }

  logEmail(leadId: string, by: By = {}): Lead {
    const lead = this.parts.leads.get(leadId);
    this.logActivity(lead, this.actor(lead, by), by, { communication_type: 'email', channel: 'outbound' });
    return lead;
  }

  /** Not interested: the lead rests, in the kind of rest that fits where it stood. */
  rest(leadId: string, talk: Talk = {}): Lead {
    return this.#dispose(leadId, talk, 'not_interested', 'NotInterested');
  }

  retire(leadId: string, talk: Talk = {}): Lead {
    const lead = this.parts.leads.get(leadId);
    if (isClosed(phaseOf(lead))) throw new Refusal('forbidden', `The lead is in ${phaseOf(lead)} already.`);
    return this.#finish(lead, this.actor(lead, talk), talk, 'retire', 'Retired');
  }

  /** Back to ColdCallCold, in a new cycle. */
  reopen(leadId: string, by: By = {}): Lead {
    const lead = this.parts.leads.get(leadId);
    if (!isCycleOver(phaseOf(lead)))
      throw new Refusal('phase_refused', `The lead is in ${phaseOf(lead)}: its cycle has not ended.`);
    const actor = actorOf(this.actor(lead, by));
    return this.parts.leads.change(leadId, { fields: { phase: 'ColdCallCold' } }, actor);
  }

  sell(leadId: string, sale: NewSale & Talk): Lead {
    const { rep_id, notes, conference_duration, ...entered } = sale;
    const talk = { rep_id, notes, conference_duration };
    const [lead, rep] = this.atWork(leadId, talk);
    const parsed = newSaleSchema.safeParse(entered);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new Refusal('invalid_value', issue?.message ?? 'The sale is not possible.', {
        field: issue?.path.join('.') ?? null,
      });
    }
    const made_at = new Date(this.parts.clock()).toISOString();
    const drafted = this.parts.sales.draft(parsed.data, {
      lead_id: leadId,
      rep_id: rep.id,
      cycle: lead.cycle,
      made_at,
    });
    const made = this.parts.sales.add(drafted);
    const fields = this.fieldsAfter(lead, 'sale', rep);
    const changed = this.parts.leads.change(leadId, { fields }, actorOf(rep), { type: 'sale.made', sale: made });
    this.logActivity(changed, rep, talk, { ...mediumOf(talk), disposition: 'Sale' });
    return changed;
  }

  #dispose(leadId: string, talk: Talk, disposition: Disposition, type: string): Lead {
    const [lead, rep] = this.atWork(leadId, talk);
    return this.#finish(lead, rep, talk, disposition, type);
  }

  #finish(lead: Lead, rep: Rep, talk: Talk, disposition: Disposition, type: string): Lead {
    const phase = nextPhase(this.parts.leads.standing(lead), disposition);
    const changed = this.parts.leads.change(lead.id, { fields: { phase } }, actorOf(rep));
    this.logActivity(changed, rep, talk, { ...mediumOf(talk), disposition: type });
    return changed;
  }

  #move(lead: Lead, disposition: Disposition, rep: Rep, more: Fields): Lead {
    const fields = { ...this.fieldsAfter(lead, disposition, rep), ...more };
    return this.parts.leads.change(lead.id, { fields }, actorOf(rep));
  }
}
