// What a component may import from the platform, and which of its components a template may use. Whatever is not here was
// not looked up yet: a misspelt one is found by an org only when somebody opens the page.
// Source: Lightning Component Library (Components, "Lightning Modules"); LWC guide, "@salesforce Modules".

/** Modules of `lightning/`. `lightning/empApi` is left out: each open page would spend the org's event deliveries. */
const LIGHTNING_MODULES = [
  'actions',
  'alert',
  'confirm',
  'prompt',
  'flowSupport',
  'graphql',
  'logger',
  'messageService',
  'modal',
  'navigation',
  'pageReferenceUtils',
  'platformShowToastEvent',
  'platformWorkspaceApi',
  'refresh',
  'toast',
  'toastContainer',
  'uiListsApi',
  'uiObjectInfoApi',
  'uiRecordApi',
  'uiRelatedListApi',
];
const BASE_COMPONENTS =
  `accordion accordion-section alert avatar badge breadcrumb breadcrumbs button button-group button-icon
  button-icon-stateful button-menu button-stateful card carousel carousel-image checkbox-group click-to-dial combobox
  datatable dual-listbox dynamic-icon file-upload formatted-address formatted-date-time formatted-email formatted-location
  formatted-name formatted-number formatted-phone formatted-rich-text formatted-text formatted-time formatted-url helptext
  icon input input-address input-field input-location input-name input-rich-text layout layout-item map menu-divider
  menu-item menu-subheader messages modal-body modal-footer modal-header output-field pill pill-container progress-bar
  progress-indicator progress-ring progress-step quick-action-panel radio-group record-edit-form record-form record-picker
  record-view-form relative-date-time select slider spinner tab tabset textarea tile tree tree-grid vertical-navigation
  vertical-navigation-item vertical-navigation-item-badge vertical-navigation-item-icon vertical-navigation-overflow
  vertical-navigation-section`.split(/\s+/);
const SALESFORCE_MODULES =
  /^@salesforce\/(client\/formFactor|user\/(Id|isGuest)|i18n\/[\w.]+|userPermission\/\w+|accessCheck\/\w+)$/;

export function isPlatformModule(name: string): boolean {
  return (
    name === 'lwc' ||
    SALESFORCE_MODULES.test(name) ||
    LIGHTNING_MODULES.some((module) => name === `lightning/${module}`) ||
    BASE_COMPONENTS.some((component) => name === `lightning/${camelCase(component)}`)
  );
}

/** @param tag for example `lightning-button` */
export function isBaseComponent(tag: string): boolean {
  return BASE_COMPONENTS.some((component) => tag === `lightning-${component}`);
}

/** `button-icon` is the module `buttonIcon`. */
export function camelCase(tag: string): string {
  return tag.replace(/-([a-z0-9])/g, (_dash, email: string) => email.toUpperCase());
}
