// Understudy as its operator starts it, but ending with the bench. Usage: understudy-server.ts serve …
import { run } from '#cli';

// Nothing is ever said on this pipe: it closes when the bench ends, however it ends.
process.stdin.resume().once('close', () => process.kill(process.pid, 'SIGTERM'));
const { stdin, stdout, stderr, env: environment } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, environment });
process.stdin.destroy();
