/** AssemblyScript sources as `scripts/assemblyscript.ts` compiles them. */
declare module '*/scan-json.ts?wasm' {
  interface Imports {
    'scan-json': {
      member(keyStart: number, keyEnd: number, valueStart: number, valueEnd: number): void;
      fail(expected: number, at: number): never;
      tooDeep(): never;
    };
  }

  interface Exports {
    memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
    room: { readonly value: number };
    scan(start: number, end: number, maxDepth: number): void;
  }

  export default function instantiate(imports: Imports): Exports;
}
