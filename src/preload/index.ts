import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import { BRIDGE_NAME, CALL_CHANNEL, DROP_CHANNEL, isEventName } from './contract/bridge';
import type { PokedexBridge } from './contract/calls';
import { readAnswer } from './contract/sent-answer';

/** All a page gets: no channel of its choosing, no Electron object, no event but the contract's. */
const bridge: PokedexBridge = {
  call: async (name, request) => readAnswer(await ipcRenderer.invoke(CALL_CHANNEL, name, request)),
  async openDropped(files) {
    // Folders too: the path of what was dropped is the folder's, whatever is in it.
    const paths = files
      .map(({ file }) => webUtils.getPathForFile(file))
      .filter((path) => path !== '');
    return readAnswer<'datasets.open'>(await ipcRenderer.invoke(DROP_CHANNEL, paths));
  },
  on(name, listener) {
    if (!isEventName(name)) throw new TypeError('There is no such event.');
    // The first argument is Electron's own event, which carries the sender; it stays here.
    const heard = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]) =>
      listener(payload);
    ipcRenderer.on(name, heard);
    return () => {
      // Answers nothing: `off` returns ipcRenderer itself, which has to stay on this side.
      ipcRenderer.off(name, heard);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
