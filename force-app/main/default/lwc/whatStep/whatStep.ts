// Step 2 (M2, M3): the two fields. Promises that every field of both sides is there without anybody entering it, that one that cannot
// be paired says why, and that what happens to values on the way stands between the two before anything is saved.
import { api, LightningElement } from 'lwc';
import type { PickerOption } from 'c/fieldPicker';
import type { Draft, Fields } from 'c/fieldFit';
import { NEW_DRAFT } from 'c/mappingDraft';
import type { Catalogue } from 'c/mappingRecords';
import { conversionLines, fill } from 'c/mappingTexts';
import { keyOf, objectChoices, salesforceOptions, sellfireOptions, type Choice } from './choices';
import { labels } from './labels';

/** @fires change with the part of the draft that was chosen */
export default class WhatStep extends LightningElement {
  @api draft: Draft = NEW_DRAFT;
  /** `system` or `custom` for a new mapping; blank shows both. */
  @api kind = '';
  @api catalogue: Catalogue | undefined;
  /** The chosen fields, as far as they are known. */
  @api fields: Fields = { sellfire: undefined, object: undefined, salesforce: undefined };
  @api isLoading = false;
  /** The object is gone, or the user has no right to see it. */
  @api isHidden = false;

  readonly labels = labels;

  get sellfireOptions(): PickerOption[] {
    return sellfireOptions(this.draft, this.catalogue?.fields ?? [], this.kind, this.fields);
  }

  get sellfireValue(): string {
    return keyOf(this.draft.sellfireObject, this.draft.sellfireField);
  }

  get sellfireMessage(): string {
    const isGone = this.draft.sellfireField !== '' && !this.fields.sellfire;
    return isGone ? fill(labels.gone, this.draft.sellfireField) : '';
  }

  get objects(): Choice[] {
    return objectChoices(this.draft, this.catalogue?.objects ?? []);
  }

  get objectMessage(): string {
    const { salesforceObject: name } = this.draft;
    const known = this.catalogue?.objects.find((object) => object.name === name);
    return this.isHidden ? fill(labels.noAccess, known?.label ?? name) : '';
  }

  get needsObject(): boolean {
    return this.draft.salesforceObject === '';
  }

  get hasObject(): boolean {
    return this.draft.salesforceObject !== '' && !this.isHidden;
  }

  get salesforceOptions(): PickerOption[] {
    return salesforceOptions(this.draft, this.fields.object, this.fields.sellfire);
  }

  get salesforceMessage(): string {
    const isGone = this.draft.salesforceField !== '' && this.fields.object && !this.fields.salesforce;
    return isGone ? fill(labels.gone, this.draft.salesforceField) : '';
  }

  get conversion(): { out: string; into: string } | undefined {
    const { sellfire, salesforce } = this.fields;
    if (!sellfire || !salesforce) return undefined;
    const [out, into] = conversionLines(sellfire, salesforce);
    return { out, into };
  }

  handleSellfire(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    const dot = value.indexOf('.');
    this.change({ sellfireObject: value.slice(0, Math.max(0, dot)), sellfireField: value.slice(dot + 1) });
  }

  handleObject(event: CustomEvent<{ value: string }>): void {
    this.change({ salesforceObject: event.detail.value, salesforceField: '' });
  }

  handleSalesforce(event: CustomEvent<{ value: string }>): void {
    this.change({ salesforceField: event.detail.value });
  }

  private change(part: Partial<Draft>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: part }));
  }
}
