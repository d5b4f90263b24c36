// The front door of the command line.
export { createProgram, fullName } from './program.ts';
export { run } from './run.ts';
