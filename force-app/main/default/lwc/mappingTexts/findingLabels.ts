// The sentence of each finding, with {0}, {1} … for what it names.
import type { FindingCode } from 'c/fieldFit';
import sellfireGone from '@salesforce/label/c.Mapping_Finding_SellfireGone';
import objectGone from '@salesforce/label/c.Mapping_Finding_ObjectGone';
import fieldGone from '@salesforce/label/c.Mapping_Finding_FieldGone';
import noTrigger from '@salesforce/label/c.Mapping_Finding_NoTrigger';
import saleOnly from '@salesforce/label/c.Mapping_Finding_SaleOnly';
import notFollowed from '@salesforce/label/c.Mapping_Finding_NotFollowed';
import neverInward from '@salesforce/label/c.Mapping_Finding_NeverInward';
import typesOut from '@salesforce/label/c.Mapping_Finding_TypesOut';
import typesIn from '@salesforce/label/c.Mapping_Finding_TypesIn';
import notWritable from '@salesforce/label/c.Mapping_Finding_NotWritable';
import readOnly from '@salesforce/label/c.Mapping_Finding_ReadOnly';
import optionTooLong from '@salesforce/label/c.Mapping_Finding_OptionTooLong';
import optionsTooLong from '@salesforce/label/c.Mapping_Finding_OptionsTooLong';
import textTooLong from '@salesforce/label/c.Mapping_Finding_TextTooLong';
import anyLength from '@salesforce/label/c.Mapping_Finding_AnyLength';
import centsLost from '@salesforce/label/c.Mapping_Finding_CentsLost';
import semicolon from '@salesforce/label/c.Mapping_Finding_Semicolon';
import restrictedLacks from '@salesforce/label/c.Mapping_Finding_RestrictedLacks';
import mayLack from '@salesforce/label/c.Mapping_Finding_MayLack';
import neverFilled from '@salesforce/label/c.Mapping_Finding_NeverFilled';
import unfilled from '@salesforce/label/c.Mapping_Finding_Unfilled';
import sameTarget from '@salesforce/label/c.Mapping_Finding_SameTarget';
import sameSource from '@salesforce/label/c.Mapping_Finding_SameSource';
import ring from '@salesforce/label/c.Mapping_Finding_Ring';
import lossOut from '@salesforce/label/c.Mapping_Finding_LossOut';
import lossIn from '@salesforce/label/c.Mapping_Finding_LossIn';
import createOnly from '@salesforce/label/c.Mapping_Finding_CreateOnly';
import updateOnly from '@salesforce/label/c.Mapping_Finding_UpdateOnly';
import listTooLong from '@salesforce/label/c.Mapping_Finding_ListTooLong';
import rounds from '@salesforce/label/c.Mapping_Finding_Rounds';
import fewDigits from '@salesforce/label/c.Mapping_Finding_FewDigits';
import restrictedAny from '@salesforce/label/c.Mapping_Finding_RestrictedAny';
import sellfireShorter from '@salesforce/label/c.Mapping_Finding_SellfireShorter';
import notInEvents from '@salesforce/label/c.Mapping_Finding_NotInEvents';
import unsearchable from '@salesforce/label/c.Mapping_Finding_Unsearchable';
import sellfireLacks from '@salesforce/label/c.Mapping_Finding_SellfireLacks';

export const FINDING_LABELS: Readonly<Record<FindingCode, string>> = {
  SellfireGone: sellfireGone,
  ObjectGone: objectGone,
  FieldGone: fieldGone,
  NoTrigger: noTrigger,
  SaleOnly: saleOnly,
  NotFollowed: notFollowed,
  NeverInward: neverInward,
  TypesOut: typesOut,
  TypesIn: typesIn,
  NotWritable: notWritable,
  ReadOnly: readOnly,
  OptionTooLong: optionTooLong,
  OptionsTooLong: optionsTooLong,
  TextTooLong: textTooLong,
  AnyLength: anyLength,
  CentsLost: centsLost,
  Semicolon: semicolon,
  RestrictedLacks: restrictedLacks,
  MayLack: mayLack,
  NeverFilled: neverFilled,
  Unfilled: unfilled,
  SameTarget: sameTarget,
  SameSource: sameSource,
  Ring: ring,
  LossOut: lossOut,
  LossIn: lossIn,
  CreateOnly: createOnly,
  UpdateOnly: updateOnly,
  ListTooLong: listTooLong,
  Rounds: rounds,
  FewDigits: fewDigits,
  RestrictedAny: restrictedAny,
  SellfireShorter: sellfireShorter,
  SellfireLacks: sellfireLacks,
  NotInEvents: notInEvents,
  Unsearchable: unsearchable,
};
