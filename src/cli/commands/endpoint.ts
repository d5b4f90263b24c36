// The commands about the switches, one per endpoint.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `endpoint …`. */
export function addEndpointCommands(program: Command, setting: Setting): void {
  const endpoint = program.command('endpoint').description('open and close single endpoints');
  bind(endpoint.command('list').description('list endpoints and whether they are open'), setting, {
    example: 'endpoint list',
    act: async () => (await import('../acts/endpoints.ts')).listEndpoints,
  });
  const named = (name: string, description: string): Command =>
    endpoint.command(name).description(description).argument('<dialect.endpoint>', 'as `endpoint list` shows it');
  bind(named('open', 'open an endpoint'), setting, {
    example: 'endpoint open nobase.login',
    act: async () => (await import('../acts/endpoints.ts')).openEndpoint,
  });
  bind(named('close', 'close an endpoint; its clients get the documented answer'), setting, {
    example: 'endpoint close nobase.login',
    act: async () => (await import('../acts/endpoints.ts')).closeEndpoint,
  });
}
