// The way from the sources to a customer's org, as the exact calls of the Salesforce CLI, each with its reason. Pure: what
// is printed by a dry run is what is run.

export interface Step {
  /** Arguments of `sf`. */
  sf: string[];
  why: string;
}

export interface ReleaseOptions {
  devHub: string;
  /** Alias or user name of the org that gets the package. */
  org: string;
  /** 04t… of a version. */
  version: string;
}

const PACKAGE = 'Sellfire';
/** Building a version takes Salesforce 5 to 30 minutes. */
const BUILD_MINUTES = '60';
const INSTALL_MINUTES = '30';
const SCRATCH_DAYS = '7';

/** Once in the life of the package: registers it with the Dev Hub, which adds its alias to sfdx-project.json. */
export function register({ devHub }: Pick<ReleaseOptions, 'devHub'>): Step[] {
  return [
    {
      sf: flags('package create', {
        name: PACKAGE,
        'package-type': 'Managed',
        path: 'force-app',
        'target-dev-hub': devHub,
      }),
      why: 'registers the package under its namespace; neither can change later',
    },
  ];
}

/** A beta version: installable in scratch orgs and sandboxes, and not upgradable. */
export function createVersion({ devHub }: Pick<ReleaseOptions, 'devHub'>): Step[] {
  return [
    {
      sf: flags('package version create', {
        package: PACKAGE,
        'installation-key-bypass': true,
        // Without it a version cannot be promoted, even one that holds no Apex to cover.
        'code-coverage': true,
        'validate-schema': true,
        'target-dev-hub': devHub,
        wait: BUILD_MINUTES,
      }),
      why: 'builds and validates a version of what lies in force-app',
    },
  ];
}

/** For good: names, types and keys of what it holds can never be taken back. */
export function promote({ devHub, version }: Pick<ReleaseOptions, 'devHub' | 'version'>): Step[] {
  return [
    {
      sf: flags('package version promote', { package: version, 'no-prompt': true, 'target-dev-hub': devHub }),
      why: 'releases the version, so that production orgs can install it and later versions upgrade it',
    },
  ];
}

export function install({ org, version }: Pick<ReleaseOptions, 'org' | 'version'>): Step[] {
  return [
    {
      sf: flags('package install', {
        package: version,
        // Nobody but admins sees the package until a permission set is assigned.
        'security-type': 'AdminsOnly',
        'target-org': org,
        wait: INSTALL_MINUTES,
        'no-prompt': true,
      }),
      why: 'installs or upgrades the package',
    },
    assign(org),
  ];
}

/** @param data files of sample records for `sf data import tree` */
export function scratchOrg({ devHub, org }: Pick<ReleaseOptions, 'devHub' | 'org'>, data: string[]): Step[] {
  return [
    {
      sf: flags('org create scratch', {
        'definition-file': 'config/project-scratch-def.json',
        alias: org,
        'set-default': true,
        'duration-days': SCRATCH_DAYS,
        'target-dev-hub': devHub,
        wait: INSTALL_MINUTES,
      }),
      why: 'an org to work in that ends by itself',
    },
    {
      sf: flags('project deploy start', { 'source-dir': 'force-app', 'target-org': org, wait: INSTALL_MINUTES }),
      why: 'puts the sources into it',
    },
    assign(org),
    {
      sf: flags('data import tree', { files: data.join(','), 'target-org': org }),
      why: 'gives it the businesses that the demo has',
    },
  ];
}

function assign(org: string): Step {
  return {
    sf: flags('org assign permset', { name: 'Sellfire_Administrator', 'target-org': org }),
    why: 'lets the signed-in admin set the integration up',
  };
}

function flags(command: string, given: Record<string, string | true>): string[] {
  const words = Object.entries(given).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, value],
  );
  return [...command.split(' '), ...words];
}
