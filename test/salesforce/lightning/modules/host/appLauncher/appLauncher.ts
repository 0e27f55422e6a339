// Every app of the org, and every item that has a tab.
import { LightningElement } from 'lwc';
import { navigateTo } from '../../../client/navigation.ts';
import { metadata, say } from '../../../client/shell.ts';

export default class AppLauncher extends LightningElement {
  search = '';

  get words() {
    return {
      title: say('App Launcher', 'Iniciador de aplicación'),
      apps: say('Apps', 'Aplicaciones'),
      items: say('All Items', 'Todos los elementos'),
      search: say('Search apps or items…', 'Buscar aplicaciones o elementos…'),
      close: say('Close', 'Cerrar'),
    };
  }

  get apps() {
    return metadata()
      .apps.filter(({ label }) => this.matches(label))
      .map((app) => ({ ...app, href: `/lightning/app/${app.name}` }));
  }

  get items() {
    return metadata()
      .tabs.filter(({ kind, label }) => kind !== 'unsupported' && this.matches(label))
      .map((tab) => ({
        ...tab,
        href: tab.kind === 'object' ? `/lightning/o/${tab.name}/list` : `/lightning/n/${tab.name}`,
      }));
  }

  private matches(label: string): boolean {
    return label.toLowerCase().includes(this.search.toLowerCase());
  }

  type(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  go(event: Event): void {
    event.preventDefault();
    navigateTo((event.currentTarget as HTMLAnchorElement).getAttribute('href') ?? '/');
    this.close();
  }

  close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
