import { defineHandlers, forward } from 'hooklane';
import config from './away.config.ts';

const to = (path: string) => forward(`${process.env['BENCH_DESTINATION'] ?? 'http://127.0.0.1:9'}${path}`);

export default defineHandlers(config, { 'guarded/*': to('/guarded'), 'open/*': to('/open') });
