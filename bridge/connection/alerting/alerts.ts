// The alerts of one connection with their ways to people: the bell by the heartbeat, e-mail to the Enablement users, the webhook.
import type { AlertWebhook } from '../../alerts/webhook.ts';
import type { AlertMessage } from '../../model/alert.ts';
import { entryOf } from '../../model/catalogue/catalogue.ts';
import { reportCauses } from '../../salesforce/org/reportCauses.ts';
import type { Sellfire } from '../../sellfire/client.ts';
import { createAlerting, type Alerting, type AlertingOptions } from './alerting.ts';
import type { OrgInBudget } from '../orgInBudget.ts';
import type { SavedConnection } from '../savedConnection.ts';

export interface AlertsOptions extends Omit<AlertingOptions, 'email' | 'webhook' | 'causes'> {
  org: Pick<OrgInBudget, 'canWait'>;
  sellfire: Pick<Sellfire, 'alert'>;
  saved: Pick<SavedConnection, 'orgId' | 'orgName'>;
  webhook: AlertWebhook | undefined;
}

export function createAlerts(options: AlertsOptions): Alerting {
  const { org, sellfire, saved, webhook, ...common } = options;
  const about = { id: saved.orgId, name: saved.orgName };
  return createAlerting({
    ...common,
    email: ({ id, title, text }: AlertMessage) =>
      sellfire.alert(`${saved.orgId}:${id}`, {
        kind: 'sync_stopped',
        subject: title,
        body: `${text}\n\n${saved.orgName} (${saved.orgId})`,
        leadId: null,
      }),
    webhook: webhook && ((message) => webhook.send(message, about)),
    async causes(since) {
      const causes = await reportCauses(org.canWait, common.config().names, since);
      return causes.map(({ code, count }) => ({ code, count, title: entryOf(code)?.title ?? code }));
    },
  });
}
