// Carries out `doctor`: a list of examinations, each with what it found; 1 if anything is wrong.
import { existsSync } from 'node:fs';
import { ConfigError } from '#config';
import { type Arrangement, type House, openHouse } from '#main';
import type { Act, ActCall } from '../act.ts';
import { type Finding, examineConfiguration, examineFiles } from '../doctor/circumstances.ts';
import { examineCouriers } from '../doctor/couriers.ts';
import { examineHouse } from '../doctor/store.ts';
import { arrangementOf } from '../open.ts';
import { type Report, table } from '../report.ts';
import { databaseFileOf } from '../store-files.ts';

function told(findings: readonly Finding[]): Report {
  const isWell = findings.every(({ verdict }) => verdict !== 'wrong');
  const rows = findings.map(({ verdict, about, text }) => [verdict, about, text]);
  return {
    text: `${table(['', 'about', 'finding'], rows)}\n${isWell ? 'nothing is wrong' : 'something is wrong'}`,
    json: { isWell, findings: findings.map((finding) => ({ ...finding })) },
    exitCode: isWell ? 0 : 1,
  };
}

/** Opening the house already examines keys and database; what it complains about is a finding. */
async function opened({ config }: Arrangement): Promise<House | Finding> {
  try {
    return await openHouse(config, 'tool');
  } catch (error) {
    return { about: 'store', verdict: 'wrong', text: error instanceof Error ? error.message : String(error) };
  }
}

async function examineStore(arrangement: Arrangement): Promise<readonly Finding[]> {
  const file = databaseFileOf(arrangement.config);
  if (file !== undefined && !existsSync(file))
    return [{ about: 'store', verdict: 'note', text: `there is none yet; the first start makes ${file}` }];
  const house = await opened(arrangement);
  if ('verdict' in house) return [house];
  try {
    return await examineHouse(house);
  } finally {
    await house.close();
  }
}

async function arranged(call: ActCall<object>): Promise<Arrangement | readonly Finding[]> {
  try {
    return await arrangementOf(call);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ key, source, text }) => ({
      about: 'configuration',
      verdict: 'wrong',
      text: `${key} (${source}): ${text}`,
    }));
  }
}

/** Examines everything that can be examined without signing in. */
export const doctor: Act = async (call) => {
  const arrangement = await arranged(call);
  if (!('config' in arrangement)) return told(arrangement);
  const { config } = arrangement;
  const nodeEnv = call.terminal.environment['NODE_ENV'];
  const outside = [...examineConfiguration(arrangement, nodeEnv), ...examineCouriers(config), ...examineFiles(config)];
  return told([...outside, ...(await examineStore(arrangement))]);
};
