import type { FunctionName } from '../functions/settings.ts';

export interface CloudOptions {
  /** Everything that must survive is in here. Made if absent. */
  readonly dataFolder: string;
  /** What `#config` stands for in the functions (default `hooklane.config.ts`). */
  readonly configFile?: string;
  /** Of the gateway; 0 for any free one (default 4700). The other endpoints take the next four where these are free. */
  readonly port?: number;
  /** Processes of the processor (default 4). */
  readonly workers?: number;
  /** Files to run in place of a function's own. */
  readonly entries?: Partial<Readonly<Record<FunctionName, string>>>;
  /** Added to the environment of the functions. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A line of a function's output, or of the cloud's own (default: none is kept). */
  readonly log?: (from: string, line: string) => void;
  /** Default 30 s, API Gateway's own. */
  readonly integrationTimeoutMs?: number;
  /** How long running invocations may take to end when the cloud is closed (default 5000). */
  readonly drainMs?: number;
}

export interface Endpoints {
  /** The gateway. */
  readonly url: string;
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}
