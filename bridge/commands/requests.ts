// The commands that send a request to the bridge, with their options. Their modules are loaded only when one is run.
import type { Command } from 'commander';

export const COMMANDS = {
  Import: 'import',
  LinkExisting: 'link',
  ExportSales: 'export',
  Reconcile: 'reconcile',
  Repush: 'repush',
  RestoreLinks: 'restore-links',
} as const;
export type RequestCommand = keyof typeof COMMANDS;

/** Options as the command line has them. */
export type Given = Record<string, string | string[] | boolean | undefined>;

/** @param act runs the command */
export function addRequestCommands(program: Command, act: (type: RequestCommand, given: Given) => Promise<void>): void {
  const command = (type: RequestCommand, description: string): Command =>
    program
      .command(COMMANDS[type])
      .description(`${description}; the bridge has to be running`)
      .option('--preview', 'say what would be done, and do nothing')
      .option('--dry-run', 'the same as --preview')
      .action(async (given: Given) => act(type, given));
  command('Import', 'bring Leads and Contacts of Salesforce into Sellfire')
    .option('--objects <object...>', 'Contact, Lead, or both (default)')
    .option('--created-since <moment>', 'only records made since then, such as 2026-11-24')
    .option('--owner <id>', 'only records of this Salesforce user or queue');
  command('LinkExisting', 'link records and leads that have the same phone, changing neither');
  command('ExportSales', 'bring sales that were made in Salesforce to Sellfire')
    .option('--since <day>', 'first close date (default: 30 days ago)')
    .option('--until <day>', 'last close date')
    .option('--file <path>', 'write them to a new file instead, for an import by hand; no running bridge is needed');
  command('Reconcile', 'compare both sides and repair what differs')
    .option('--since <moment>', 'what changed in Salesforce since then (default: in the last 24 hours)')
    .option('--all', 'every linked pair');
  command('Repush', 'do again what failed, from the present data of Sellfire')
    .option('--reports <id...>', 'these integration reports')
    .option('--code <code>', 'all that failed with this code')
    .option('--event <event>', 'all that failed of this event, such as Sale')
    .option('--since <moment>', 'since then')
    .option('--until <moment>', 'until then');
  command('RestoreLinks', 'after the store was lost: link pairs again by the ids that records carry, and compare them');
}
