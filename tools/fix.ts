// Mends what can be mended without thinking: generated files, lint findings with one right answer, and the format.
import { runScript } from './program.ts';

await runScript('tools/generate.ts');
await runScript('node_modules/oxlint/bin/oxlint', '--type-aware', '--fix');
const { isFine, printed } = await runScript('node_modules/oxfmt/bin/oxfmt');
if (!isFine) {
  console.error(printed);
  process.exitCode = 1;
}
