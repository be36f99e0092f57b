import { defineConfig, type Plugin } from 'vite';
import { packageVersion } from '../functions/config/package-version.ts';

/** The fonts of the design system stand in its style sheet as data. As files the browser loads those two of eight that a page shows. */
const fontsAsFiles = (): Plugin => ({
  name: 'fonts-as-files',
  generateBundle(_, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue;
      asset.source = String(asset.source).replaceAll(
        /url\(["']?data:font\/woff2;base64,([^"')]+)["']?\)/g,
        (_whole, data: string) => {
          const font = this.emitFile({
            type: 'asset',
            name: 'open-sans.woff2',
            source: Buffer.from(data, 'base64'),
          });
          return `url(./${this.getFileName(font).split('/').at(-1) ?? ''})`;
        },
      );
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  // Every address is relative: `hooklane console` serves the page below a token.
  base: './',
  plugins: [fontsAsFiles()],
  define: { CONSOLE_VERSION: JSON.stringify(packageVersion) },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // It is a script in the page, which the content security policy does not allow; every browser that is supported preloads by itself.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
});
