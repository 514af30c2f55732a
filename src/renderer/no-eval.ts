/**
 * zod would try `new Function` to compile its schemas; the page's policy forbids that. Set where
 * zod looks when it is loaded (zod/v4/core/core), so that this script need not load it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
