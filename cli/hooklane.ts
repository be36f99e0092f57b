#!/usr/bin/env node
import { run } from './run.ts';
import { processTerminal } from './terminal/process-terminal.ts';

const args = process.argv.slice(2);
process.exitCode = await run(args.length === 0 ? ['--help'] : args, processTerminal());
