// What is wrong with a configuration: all of it at once, each problem with its key and where it was read.

/** One thing to put right. */
export interface ConfigProblem {
  readonly key: string;
  /** `--port`, `UNDERSTUDY_PORT`, `understudy.toml`, `default` … */
  readonly source: string;
  readonly text: string;
}

/** The configuration cannot be used. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    super(problems.map(({ key, source, text }) => `${key} (${source}): ${text}`).join('\n'), options);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
