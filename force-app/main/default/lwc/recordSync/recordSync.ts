// Whether a record is in step with Sellfire, in words, with the attempt that decided it and the way to it (M31, M35).
import CONTACT from '@salesforce/label/c.Panel_Open_Contact';
import LAST from '@salesforce/label/c.Panel_Last_Change';
import REPORT from '@salesforce/label/c.Report_Open_Record';
import { titleOf } from 'c/codes';
import { fill } from 'c/labels';
import { record as recordPage } from 'c/navigate';
import type { BridgeState, PanelRecord } from 'c/recordData';
import { verdictOf, waitingOf, type Verdict } from 'c/recordVerdict';
import type { Report } from 'c/reportData';
import { NavigationMixin } from 'lightning/navigation';
import { api, LightningElement } from 'lwc';

const ICONS: Readonly<Record<Verdict['kind'], readonly [icon: string, variant: string]>> = {
  inStep: ['utility:success', 'success'],
  problem: ['utility:error', 'error'],
  ended: ['utility:unlinked', 'warning'],
  moved: ['utility:forward', ''],
  notLinked: ['utility:unlinked', ''],
};

export default class RecordSync extends NavigationMixin(LightningElement) {
  @api record: PanelRecord | undefined;
  /** The latest first. */
  @api reports: readonly Report[] = [];
  @api bridge: BridgeState | undefined;

  labels = { CONTACT, LAST };

  get verdict(): Verdict | undefined {
    return this.record && verdictOf(this.record, this.reports);
  }

  get icon(): string {
    return ICONS[this.verdict?.kind ?? 'notLinked'][0];
  }

  get variant(): string {
    return ICONS[this.verdict?.kind ?? 'notLinked'][1];
  }

  get isWell(): boolean {
    return this.verdict?.kind === 'inStep';
  }

  get since(): string | undefined {
    return this.verdict?.report?.occurredAt;
  }

  /** Of an attempt that did not succeed. */
  get cause(): string {
    const { report } = this.verdict ?? {};
    return report && !this.isWell ? (titleOf(report.code) ?? '') : '';
  }

  get reason(): string {
    return this.isWell ? '' : (this.verdict?.report?.reason ?? '');
  }

  get code(): string {
    return this.isWell ? '' : (this.verdict?.report?.code ?? '');
  }

  get waiting(): string {
    return waitingOf(this.bridge, Date.now());
  }

  get reportLabel(): string {
    const { report } = this.verdict ?? {};
    return report ? fill(REPORT, report.number) : '';
  }

  openReport(): void {
    this.open(this.verdict?.report?.id);
  }

  openContact(): void {
    this.open(this.verdict?.contactId);
  }

  private open(id: string | undefined): void {
    if (id) this[NavigationMixin.Navigate](recordPage(id));
  }
}
