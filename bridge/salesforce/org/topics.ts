// Names the topics of the package's events in this org, with its namespace where it has one. Topic names are case-sensitive.
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';

export interface Topics {
  /** Changes of Lead, Contact and Account. */
  changes: string;
  /** A mapping or a setting changed. */
  configuration: string;
  reports: string;
  status: string;
  /** An admin creates a request, or asks to stop it. */
  requests: string;
  /** The progress of a request. */
  progress: string;
}

export function packageTopics({ prefix }: PackageNames): Topics {
  return {
    changes: `/data/${prefix}Sellfire__chn`,
    configuration: `/event/${prefix}Configuration_Changed__e`,
    reports: `/event/${prefix}Integration_Report__e`,
    requests: `/event/${prefix}Sync_Request__e`,
    progress: `/event/${prefix}Sync_Progress__e`,
    status: `/event/${prefix}Bridge_Status__e`,
  };
}

/** The fields of this org under the package's names without the namespace. */
export function withoutPrefix({ prefix }: Pick<PackageNames, 'prefix'>, fields: SalesforceFields): SalesforceFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]),
  );
}

/** The package's field names (`Report_Id__c`) as this org names them. */
export function withPrefix({ prefix }: PackageNames, fields: SalesforceFields): SalesforceFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
}
