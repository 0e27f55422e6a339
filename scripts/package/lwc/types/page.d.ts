// Types of the modules by which a component communicates with the page around it. Source: LWC guide, "lightning" modules;
// Component Library, "Modal", "Alert", "Confirm", "Prompt".

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(init: {
      title: string;
      message?: string;
      messageData?: (string | { url: string; label: string })[];
      variant?: 'info' | 'success' | 'warning' | 'error';
      mode?: 'dismissible' | 'dismissable' | 'pester' | 'sticky';
    });
  }
}

declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';

  export interface PageReference {
    type: string;
    attributes: Record<string, unknown>;
    /** Names begin with the namespace of who owns them, for example `c__filter`. */
    state?: Record<string, string | undefined>;
  }
  export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference>;
  interface Navigation {
    [NavigationMixin.Navigate](reference: PageReference, replace?: boolean): void;
    [NavigationMixin.GenerateUrl](reference: PageReference): Promise<string>;
  }
  type ElementConstructor = new () => LightningElement;
  export function NavigationMixin(
    base: ElementConstructor,
  ): (new () => LightningElement & Navigation) & Omit<typeof LightningElement, 'prototype'>;
  export namespace NavigationMixin {
    const Navigate: unique symbol;
    const GenerateUrl: unique symbol;
  }
}

declare module 'lightning/messageService' {
  import type { WireAdapterConstructor } from 'lwc';

  export interface MessageContext {
    readonly __context: unique symbol;
  }
  export interface Subscription {
    readonly __subscription: unique symbol;
  }
  export interface MessageChannel {
    readonly __channel: unique symbol;
  }
  export const APPLICATION_SCOPE: unique symbol;
  export const MessageContext: WireAdapterConstructor<Record<string, never>, MessageContext>;
  export function createMessageContext(): MessageContext;
  export function releaseMessageContext(context: MessageContext): void;
  export function publish(context: MessageContext, channel: MessageChannel, message?: unknown): void;
  export function subscribe(
    context: MessageContext,
    channel: MessageChannel,
    listener: (message: unknown) => void,
    options?: { scope?: typeof APPLICATION_SCOPE },
  ): Subscription;
  export function unsubscribe(subscription: Subscription | null | undefined): void;
}

declare module 'lightning/refresh' {
  import type { LightningElement } from 'lwc';

  export class RefreshEvent extends CustomEvent<undefined> {
    constructor();
  }
  export function registerRefreshHandler(element: LightningElement, handler: () => Promise<unknown>): number;
  export function unregisterRefreshHandler(id: number): void;
  export function registerRefreshContainer(
    element: LightningElement,
    handler: (refresh: Promise<unknown>) => void,
  ): number;
  export function unregisterRefreshContainer(id: number): void;
}

declare module 'lightning/platformWorkspaceApi' {
  import type { WireAdapterConstructor } from 'lwc';

  export interface TabInfo {
    tabId: string;
    title?: string;
    focused?: boolean;
    isSubtab?: boolean;
    recordId?: string;
    url?: string;
    pageReference?: unknown;
  }
  export const IsConsoleNavigation: WireAdapterConstructor<Record<string, never>, boolean>;
  export const EnclosingTabId: WireAdapterConstructor<Record<string, never>, string | undefined>;
  export function getFocusedTabInfo(): Promise<TabInfo>;
  export function openTab(options: {
    recordId?: string;
    url?: string;
    pageReference?: unknown;
    focus?: boolean;
  }): Promise<string>;
  export function openSubtab(
    parentTabId: string,
    options: { recordId?: string; url?: string; pageReference?: unknown; focus?: boolean },
  ): Promise<string>;
  export function setTabLabel(tabId: string, label: string): Promise<TabInfo>;
  export function closeTab(tabId: string): Promise<boolean>;
  export function refreshTab(tabId: string, options?: { includeAllSubtabs?: boolean }): Promise<boolean>;
}

declare module 'lightning/pageReferenceUtils' {
  export function encodeDefaultFieldValues(values: Record<string, unknown>): string;
  export function decodeDefaultFieldValues(text: string): Record<string, string>;
}

declare module 'lightning/actions' {
  export class CloseActionScreenEvent extends CustomEvent<undefined> {
    constructor(init?: EventInit);
  }
}

declare module 'lightning/modal' {
  import { LightningElement } from 'lwc';

  export interface ModalOptions {
    label: string;
    size?: 'small' | 'medium' | 'large' | 'full';
    description?: string;
    disableClose?: boolean;
    /** Public properties of the modal, and listeners as `on…`. */
    [property: string]: unknown;
  }
  export default class LightningModal extends LightningElement {
    label: string;
    size: 'small' | 'medium' | 'large' | 'full';
    description: string;
    disableClose: boolean;
    /** @returns what the modal was closed with; undefined when it was dismissed */
    static open<Result = unknown>(options: ModalOptions): Promise<Result | undefined>;
    close(result?: unknown): void;
  }
}

declare module 'lightning/alert' {
  const LightningAlert: { open(options: DialogOptions): Promise<void> };
  export default LightningAlert;
}

declare module 'lightning/confirm' {
  const LightningConfirm: { open(options: DialogOptions): Promise<boolean> };
  export default LightningConfirm;
}

declare module 'lightning/prompt' {
  const LightningPrompt: { open(options: DialogOptions & { defaultValue?: string }): Promise<string | null> };
  export default LightningPrompt;
}

interface DialogOptions {
  label: string;
  message?: string;
  variant?: 'header' | 'headerless';
  theme?: 'default' | 'shade' | 'inverse' | 'alt-inverse' | 'success' | 'info' | 'warning' | 'error' | 'offline';
}

declare module 'lightning/toast' {
  import { LightningElement } from 'lwc';

  interface ToastLink {
    url: string;
    label: string;
  }
  export interface ToastOptions {
    label: string;
    labelLinks?: ToastLink[] | Record<string, ToastLink>;
    message?: string;
    messageLinks?: ToastLink[] | Record<string, ToastLink>;
    variant?: 'info' | 'success' | 'warning' | 'error';
    mode?: 'dismissible' | 'sticky';
  }
  export default class Toast extends LightningElement {
    static show(options: ToastOptions, source: LightningElement): void;
  }
}

declare module 'lightning/toastContainer' {
  import { LightningElement } from 'lwc';

  export default class ToastContainer extends LightningElement {
    maxToasts: number;
    toastPosition: string;
    containerPosition: string;
    static instance(): ToastContainer;
  }
}
