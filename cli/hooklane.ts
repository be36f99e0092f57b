#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Before the commands are loaded, and with them the application: from the second time on that takes half the time.
enableCompileCache();
const { run } = await import('./run.ts');
const { processTerminal } = await import('./terminal/process-terminal.ts');

const args = process.argv.slice(2);
process.exitCode = await run(args.length === 0 ? ['--help'] : args, processTerminal());
