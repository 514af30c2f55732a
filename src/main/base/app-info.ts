import { dependencies, version } from '../../../package.json';

export const APP_NAME = 'Pokedex-Explorer';
export const APP_VERSION: string = version;

/** The binding's version, which begins with DuckDB's own; read here without loading the binding. */
export const DUCKDB_VERSION: string = dependencies['@duckdb/node-api'];

/** PokéAPI asks clients to say who they are. */
export const USER_AGENT = `${APP_NAME}/${APP_VERSION}`;
