import { version } from '../../../package.json';

export const APP_NAME = 'Pokedex-Explorer';
export const APP_VERSION: string = version;

/** PokéAPI asks clients to say who they are. */
export const USER_AGENT = `${APP_NAME}/${APP_VERSION}`;
