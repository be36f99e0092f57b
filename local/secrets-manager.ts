import { createServer } from 'node:http';
import * as z from 'zod';
import { secretName } from '../functions/settings.ts';
import { accountId, region } from './aws-json.ts';
import { listen, stopListening, urlOf } from './loopback.ts';
import { readBody } from './read-body.ts';
import { readSecrets } from './secrets-file.ts';
import { reasonOf } from './start-error.ts';

const Input = z.object({ SecretId: z.string() });

/** GetSecretValue of `hooklane/<source>` from the secrets file, which is read each time: what is edited holds at once. */
export async function startSecretsManager(options: {
  readonly port: number;
  readonly file: string;
  readonly log: (line: string) => void;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const send = ({ status, answer }: Reply) =>
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(answer));
    readBody(request, 64 * 1024)
      .then((body) => getSecretValue(options.file, String(request.headers['x-amz-target']), String(body)))
      .then(send, (error: unknown) => {
        options.log(reasonOf(error));
        send(refuse(500, 'InternalServiceError', 'The secrets cannot be read.'));
      });
  });
  const port = await listen(server, options.port, 'Secrets Manager');
  return { url: urlOf(port), close: () => stopListening(server) };
}

interface Reply {
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
}

function getSecretValue(file: string, target: string, body: string): Reply {
  if (target !== 'secretsmanager.GetSecretValue') {
    return refuse(400, 'InvalidRequestException', 'Only GetSecretValue is spoken here.');
  }
  const input = parseInput(body);
  if (input === undefined) return refuse(400, 'InvalidParameterException', 'SecretId is missing.');
  const found = Object.entries(readSecrets(file)).find(([source]) => secretName(source) === input.SecretId);
  if (found === undefined) {
    return refuse(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return {
    status: 200,
    answer: {
      ARN: `arn:aws:secretsmanager:${region}:${accountId}:secret:${input.SecretId}-local`,
      Name: input.SecretId,
      SecretString: JSON.stringify(found[1]),
      VersionId: '00000000-0000-0000-0000-000000000000',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: 0,
    },
  };
}

function parseInput(body: string): z.infer<typeof Input> | undefined {
  try {
    return Input.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const refuse = (status: number, code: string, message: string): Reply => ({
  status,
  answer: { __type: code, message },
});
