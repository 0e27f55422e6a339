// Faults to plant in the package: its pages, actions and reports.
import type { PlantedFault } from '../faults.ts';
import {
  ADMINISTRATOR,
  REPORT_LAYOUT,
  MAPPING_LAYOUT,
  SYNC_NOW,
  LEAD_PAGE,
  CONFLICT,
  HOME,
  HOME_COMPONENT,
  standing,
  ERRORS,
  APP,
  entry,
} from './places.ts';

export const PAGES_FAULTS: PlantedFault[] = [
  {
    gate: 'pages',
    what: 'a field that is on no page',
    plant: (copy) => copy.edit(REPORT_LAYOUT, entry('layoutItems', 'Reason__c'), ''),
    says: /Reason__c is on no section/,
  },
  {
    gate: 'pages',
    what: 'a layout with a field that does not exist',
    plant: (copy) => copy.edit(REPORT_LAYOUT, '<field>Reason__c<', '<field>Cause__c<'),
    says: /Integration_Report__c\.Cause__c does not exist/,
  },
  {
    gate: 'pages',
    what: 'a required field that the page does not ask for',
    plant: (copy) =>
      copy.edit(MAPPING_LAYOUT, /<behavior>Required<\/behavior>(\s*<field>Sync_Rule)/, '<behavior>Edit</behavior>$1'),
    says: /Sync_Rule__c is required and not marked so/,
  },
  {
    gate: 'pages',
    what: 'a list view with a column that does not exist',
    plant: (copy) =>
      copy.edit(
        'objects/Integration_Report__c/listViews/Failed.listView-meta.xml',
        '<columns>Event__c<',
        '<columns>What__c<',
      ),
    says: /Integration_Report__c\.What__c does not exist/,
  },
  {
    gate: 'pages',
    what: 'an object without a list of all records',
    plant: (copy) => copy.remove('objects/Bridge_Status__c/listViews/All.listView-meta.xml'),
    says: /Bridge_Status__c: has no list view of all records/,
  },
  {
    gate: 'pages',
    what: 'a tab that is in no app and that nobody may see',
    plant: (copy) => copy.edit(ADMINISTRATOR, entry('tabSettings', 'Sellfire_Field__c'), ''),
    says: /Sellfire_Field__c.*the tab is in no app, and no permission set shows it/,
  },
  {
    gate: 'pages',
    what: 'a tab of a component that is not made for one',
    plant: (copy) =>
      copy.add(
        'tabs/Sellfire_Setup.tab-meta.xml',
        '<CustomTab xmlns="http://soap.sforce.com/2006/04/metadata"><description>How to begin.</description><label>Setup</label><lwcComponent>homePage</lwcComponent><motif>Custom1: Heart</motif></CustomTab>',
      ),
    says: /Sellfire_Setup.*: homePage is no component that can be a tab/,
  },
  {
    gate: 'pages',
    what: 'an object without a tab',
    plant: (copy) => copy.remove('tabs/Bridge_Status__c.tab-meta.xml'),
    says: /Bridge_Status__c: has no tab/,
  },
  {
    gate: 'pages',
    what: 'a channel member of another channel',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        'Sellfire__chn',
        'Sellfires__chn',
      ),
    says: /channel Sellfires__chn does not exist/,
  },
  {
    gate: 'pages',
    what: 'an enriched event',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        '<eventChannel>',
        '<enrichedFields><name>OwnerId</name></enrichedFields><eventChannel>',
      ),
    says: /enriches its events/,
  },
  {
    gate: 'components',
    what: 'an action that creates what does not exist',
    plant: (copy) => copy.edit(SYNC_NOW, '<targetObject>Sync_Request__c<', '<targetObject>Sync__c<'),
    says: /works on Sync__c, which does not exist/,
  },
  {
    gate: 'components',
    what: 'an action with a field that does not exist',
    plant: (copy) => copy.edit(SYNC_NOW, '<targetParentField>Lead__c<', '<targetParentField>Person__c<'),
    says: /Sync_Request__c\.Person__c does not exist/,
  },
  {
    gate: 'components',
    what: 'a component that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, 'force:highlightsPanel', 'c:leadPanel'),
    says: /component c:leadPanel does not exist/,
  },
  {
    gate: 'components',
    what: 'a tab that shows a region that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, '<value>detailContent<', '<value>detailsContent<'),
    says: /region detailsContent does not exist[^]*nothing shows region detailContent/,
  },
  {
    gate: 'components',
    what: 'a related list that does not exist',
    plant: (copy) => copy.edit(LEAD_PAGE, 'Sellfire_Reports__r', 'Sellfire_Sites__r'),
    says: /Lead has no child relationship Sellfire_Sites__r/,
  },
  {
    gate: 'components',
    what: 'a page with a list view that does not exist',
    plant: (copy) =>
      copy.edit(
        HOME,
        HOME_COMPONENT,
        standing('flexipage:filterListCard', { entityName: 'Integration_Report__c', filterName: 'Needs_Action' }),
      ),
    says: /list view Integration_Report__c\.Needs_Action does not exist/,
  },
  {
    gate: 'components',
    what: 'a page with a dashboard that does not exist',
    plant: (copy) =>
      copy.edit(
        HOME,
        HOME_COMPONENT,
        standing('desktopDashboards:embeddedDashboard', { dashboardName: 'Sellfire_Health' }),
      ),
    says: /dashboard Sellfire_Health does not exist/,
  },
  {
    gate: 'components',
    what: 'an app with a home page that does not exist',
    plant: (copy) => copy.edit(APP, '<content>Sellfire_Home<', '<content>Home<'),
    says: /page Home does not exist/,
  },
  {
    gate: 'components',
    what: 'a label that does not exist',
    plant: (copy) => copy.edit(CONFLICT, '$Label.Mapping_Not_Checked', '$Label.Mapping_Unchecked'),
    says: /label Mapping_Unchecked does not exist[^]*nothing shows Mapping_Not_Checked/,
  },
  {
    gate: 'components',
    what: 'a group with a permission set that does not exist',
    plant: (copy) =>
      copy.edit(
        'permissionsetgroups/Sellfire_Integration_User.permissionsetgroup-meta.xml',
        '<permissionSets>Sellfire_Integration<',
        '<permissionSets>Sellfire_Bridge<',
      ),
    says: /permission set Sellfire_Bridge does not exist/,
  },
  {
    gate: 'components',
    what: 'sign-in settings of an app that does not exist',
    plant: (copy) =>
      copy.edit(
        'extlClntAppOauthSettings/Sellfire_Bridge_OAuth.ecaOauth-meta.xml',
        '<externalClientApplication>Sellfire_Bridge<',
        '<externalClientApplication>Bridge<',
      ),
    says: /external client app Bridge does not exist/,
  },
  {
    gate: 'components',
    what: 'a prompt in an app that does not exist',
    plant: (copy) =>
      copy.edit(
        'prompts/Sellfire_First_Run.prompt-meta.xml',
        '<customApplication>Sellfire<',
        '<customApplication>Sync<',
      ),
    says: /app Sync does not exist/,
  },
  {
    gate: 'components',
    what: 'a report type with a field that does not exist',
    plant: (copy) =>
      copy.edit('reportTypes/Sellfire_Sync_Requests.reportType-meta.xml', '<field>Total__c<', '<field>Sum__c<'),
    says: /Sync_Request__c\.Sum__c does not exist[^]*Sync_Request__c\$Total__c is no column of its report type/,
  },
  {
    gate: 'components',
    what: 'a report with a column that its type does not have',
    plant: (copy) => copy.edit(ERRORS, 'Integration_Report__c$Reason__c', 'Integration_Report__c$Cause__c'),
    says: /Integration_Report__c\$Cause__c is no column/,
  },
  {
    gate: 'components',
    what: 'a report that groups by one of its columns',
    plant: (copy) => copy.edit(ERRORS, 'Integration_Report__c$Reason__c', 'Integration_Report__c$Code__c'),
    says: /Code__c is a column and a grouping/,
  },
  {
    gate: 'components',
    what: 'a dashboard with a report that does not exist',
    plant: (copy) => copy.move(ERRORS, 'reports/Sellfire/Errors.report-meta.xml'),
    says: /report Sellfire\/Errors_By_Reason does not exist/,
  },
];
