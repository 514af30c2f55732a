import { main as compile } from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/**
 * Compiles an AssemblyScript source that is imported as `….ts?wasm`. The import is a function that
 * takes the program's imports and returns its exports.
 */
export function assemblyScript(): Plugin {
  return {
    name: 'assemblyscript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.ts?wasm')) return null;
      const source = id.slice(0, -'?wasm'.length);
      this.addWatchFile(source);
      let program: Uint8Array | null = null;
      const { error, stderr } = await compile([source, '--outFile', 'program.wasm', ...OPTIONS], {
        writeFile: (_name, content) => {
          if (typeof content !== 'string') program = content;
        },
      });
      if (error !== null || program === null) this.error(`${source}: ${stderr.toString()}`);
      const base64 = JSON.stringify(Buffer.from(program).toString('base64'));
      return `const program = new WebAssembly.Module(Buffer.from(${base64}, 'base64'));
        export default (imports) => new WebAssembly.Instance(program, imports).exports;`;
    },
  };
}
