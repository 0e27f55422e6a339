// `lightning/platformWorkspaceApi`. This host shows standard navigation only, where there are no workspace tabs: every
// function says so, as the platform does outside a console. Source: LWC guide, "Workspace API".
import { adapterOf } from '../../../client/adapter.ts';

const refused = (): Promise<never> => Promise.reject(new Error('The workspace API is only there in console apps.'));

export const IsConsoleNavigation = adapterOf<object, boolean | undefined>({
  initial: undefined,
  isComplete: () => true,
  watch: (_config, emit) => {
    emit(false);
    return () => undefined;
  },
});
export const EnclosingTabId = adapterOf<object, string | undefined>({
  initial: undefined,
  isComplete: () => false,
  watch: () => () => undefined,
});
export const closeTab = refused;
export const disableTabClose = refused;
export const focusTab = refused;
export const getAllTabInfo = refused;
export const getFocusedTabInfo = refused;
export const getTabInfo = refused;
export const openSubtab = refused;
export const openTab = refused;
export const refreshTab = refused;
export const setTabHighlighted = refused;
export const setTabIcon = refused;
export const setTabLabel = refused;
