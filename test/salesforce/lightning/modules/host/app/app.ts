// The frame of the pages: header, app launcher, navigation of the app, the page itself, toasts.
import { LightningElement } from 'lwc';
import Toast from 'lightning/toast';
import ToastContainer from 'lightning/toastContainer';
import { navigateTo, watchReference } from '../../../client/navigation.ts';
import type { PageReference } from '../../../client/pageReference.ts';
import { metadata, say, session } from '../../../client/shell.ts';
import type { App as AppMetadata, NavigationItem } from '../../../metadata/app.ts';
import type { ToastInit } from '../../lightning/platformShowToastEvent/platformShowToastEvent.ts';

const APP_KEY = 'lightning-app';
const THEMES = [
  { value: 'slds1', label: 'SLDS 1' },
  { value: 'slds2', label: 'SLDS 2' },
  { value: 'slds2-dark', label: 'SLDS 2 dark' },
];

export default class App extends LightningElement {
  reference: PageReference | undefined;
  app: AppMetadata | undefined;
  isLauncherOpen = false;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    const { apps } = metadata();
    const chosen = sessionStorage.getItem(APP_KEY);
    this.app = apps.find(({ name }) => name === chosen) ?? apps[0];
    this.stop = watchReference((reference) => this.arrive(reference));
    const container = ToastContainer.instance();
    container.maxToasts = 5;
    container.toastPosition = 'top-center';
    showTheme(new URLSearchParams(location.search).get('theme') ?? 'slds1');
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  private arrive(reference: PageReference): void {
    if (reference.type === 'standard__app') {
      const { apps } = metadata();
      this.app = apps.find(({ name }) => name === reference.attributes['appTarget']?.replace(/^c__/, '')) ?? this.app;
      sessionStorage.setItem(APP_KEY, this.app?.name ?? '');
      navigateTo('/lightning/page/home', true);
      return;
    }
    this.reference = reference;
    this.isLauncherOpen = false;
  }

  get words() {
    return {
      appLauncher: say('App Launcher', 'Iniciador de aplicación'),
      logOut: say('Log Out', 'Finalizar sesión'),
      navigation: say('Global', 'Global'),
      theme: say('Theme', 'Tema'),
    };
  }

  get userName(): string {
    return session.name;
  }

  get appLabel(): string {
    return this.app?.label ?? '';
  }

  get headerStyle(): string {
    return `border-top: 3px solid ${this.app?.color ?? '#0070d2'}`;
  }

  get items() {
    return (this.app?.items ?? [])
      .filter(({ kind }) => kind !== 'unsupported')
      .map((item) => {
        const isCurrent = this.isCurrent(item);
        return {
          ...item,
          href: hrefOf(item),
          current: isCurrent ? 'page' : undefined,
          className: `slds-context-bar__item${isCurrent ? ' slds-is-active' : ''}`,
        };
      });
  }

  private isCurrent(item: NavigationItem): boolean {
    const attributes = this.reference?.attributes ?? {};
    if (item.kind === 'home') return attributes['pageName'] === 'home';
    if (item.kind === 'object')
      return attributes['objectApiName'] === item.target || attributes['apiName'] === item.name;
    return attributes['apiName'] === item.name;
  }

  get themes() {
    const current = new URLSearchParams(location.search).get('theme') ?? 'slds1';
    return THEMES.map((theme) => ({ ...theme, checked: theme.value === current }));
  }

  go(event: Event): void {
    event.preventDefault();
    navigateTo((event.currentTarget as HTMLAnchorElement).getAttribute('href') ?? '/');
  }

  toggleLauncher(): void {
    this.isLauncherOpen = !this.isLauncherOpen;
  }

  chooseTheme(event: CustomEvent<{ value: string }>): void {
    const url = new URL(location.href);
    url.searchParams.set('theme', event.detail.value);
    history.replaceState({}, '', url);
    showTheme(event.detail.value);
  }

  logOut(): void {
    location.assign('/secur/logout.jsp');
  }

  showToast(event: CustomEvent<ToastInit>): void {
    event.stopPropagation();
    const { title, message, messageData, variant, mode } = event.detail;
    const links = (messageData ?? []).map((part) => (typeof part === 'string' ? { label: part, url: '' } : part));
    Toast.show(
      {
        label: title,
        ...(message !== undefined && { message: fill(message, links) }),
        messageLinks: Object.fromEntries(links.flatMap((link, index) => (link.url ? [[String(index), link]] : []))),
        variant: variant ?? 'info',
        mode: mode === 'sticky' ? 'sticky' : 'dismissible',
      },
      this,
    );
  }
}

/** Texts of `messageData` are put in their places here; links are the toast's. */
function fill(message: string, links: readonly { label: string; url: string }[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index: string) => {
    const link = links[Number(index)];
    return link && link.url === '' ? link.label : place;
  });
}

function hrefOf({ kind, name }: NavigationItem): string {
  if (kind === 'home') return '/lightning/page/home';
  return kind === 'object' ? `/lightning/o/${name}/list` : `/lightning/n/${name}`;
}

function showTheme(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
}
