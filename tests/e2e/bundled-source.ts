import { KEY_HEADER, KEY_NAME } from '../../src/preload/contract/host-session';

/** Run in the browser host's page: a refresh asks that source from then on. */
export const refreshFrom = (source: string) => `(async () => {
  const call = async (name, request) => {
    const key = localStorage.getItem('${KEY_NAME}');
    const headers = { 'content-type': 'application/json', '${KEY_HEADER}': key };
    const body = JSON.stringify(request);
    const answer = await fetch('/call/' + name, { method: 'POST', headers, body });
    return (await answer.json()).result;
  };
  const { settings } = await call('app.start', {});
  await call('settings.save', { settings: { ...settings, source: ${JSON.stringify(source)} } });
})()`;

/** With the bundled snapshot nothing outside this machine is asked. */
export const REFRESH_FROM_SNAPSHOT = refreshFrom('bundled');
