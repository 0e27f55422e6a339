// The settings of one connected org (M19), from its Sync_Settings__c record.
import { z } from 'zod';

export const settingsSchema = z.object({
  createInSalesforce: z.boolean().default(true),
  updateInSalesforce: z.boolean().default(true),
  createInSellfire: z.boolean().default(true),
  updateInSellfire: z.boolean().default(true),
  activitySync: z.boolean().default(false),
  connectionUpdate: z.boolean().default(false),
  accountAtDemo: z.boolean().default(false),
  opportunityAtDemo: z.boolean().default(false),
  multiSite: z.boolean().default(false),
  /** M25: products that Salesforce lacks are created at a sale. */
  createProducts: z.boolean().default(false),
  /** The org's assignment rule chooses the owner of a Lead that is created from Sellfire. */
  runAssignmentRules: z.boolean().default(false),
  /** A record is saved although a duplicate rule alerts. */
  saveOverDuplicateAlerts: z.boolean().default(false),
  /** Alerts ring the bell of Salesforce, go by e-mail to Enablement users, and to the webhook of the bridge (B24). */
  alertBell: z.boolean().default(true),
  alertEmail: z.boolean().default(true),
  alertWebhook: z.boolean().default(true),
  /** A summary of the week, by the channels that carry text. */
  weeklyDigest: z.boolean().default(false),
  /** The record type of new records of each object, by id, API name or label: blank is that of the connected user (B15). */
  leadRecordType: z.string().trim().default(''),
  contactRecordType: z.string().trim().default(''),
  accountRecordType: z.string().trim().default(''),
  opportunityRecordType: z.string().trim().default(''),
  demoStage: z.string().default('Qualification'),
  /** Days that reports are kept. */
  reportDays: z.int().min(1).max(3650).default(90),
  /** Percent of the org's daily API calls that the bridge may use. */
  apiShare: z.int().min(1).max(100).default(50),
});
export type Settings = z.infer<typeof settingsSchema>;
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
