import 'node:tls';

declare module 'node:tls' {
  /** From Node 22.15 on. */
  export const getCACertificates: ((type: 'default') => string[]) | undefined;
}
