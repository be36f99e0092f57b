import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A call site writes itself as a line of a trace; Node's types do not say so. */
interface Frame {
  toString(): string;
}

/**
 * Makes stack traces tell where in the sources something happened, not where in the bundle. The map is read when the first trace is: Node's
 * own `--enable-source-maps` reads it at every start, which costs each process 20 ms and as many megabytes. What fails, fails at the same
 * few places again and again: a frame is looked up once.
 */
export function tellSourcePositions(bundle: string): void {
  let map: SourceMap | undefined;
  const inSources = new Map<string, string>();
  const lookUp = (frame: string, file: string, line: number, column: number): string => {
    map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload);
    const origin = map.findOrigin(line, column);
    if (!('fileName' in origin)) return frame;
    const source = `${resolve('/', origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
    return frame.replace(`${file}:${line}:${column}`, source);
  };
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.map((site) => {
      const frame = (site as Frame).toString();
      const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
      if (file === null || line === null || column === null || pathOf(file) !== bundle) return frame;
      try {
        const told = inSources.get(frame) ?? lookUp(frame, file, line, column);
        inSources.set(frame, told);
        return told;
      } catch {
        return frame;
      }
    });
    return [headOf(error), ...frames.map((frame) => `    at ${frame}`)].join('\n');
  };
}

const pathOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);

/** As V8 writes it: a message may be missing, and even the name. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
