import { createServer } from 'node:http';
import * as z from 'zod';
import { accountId, region } from '../aws-json.ts';
import { listen, stopListening, urlOf } from '../loopback.ts';
import { readBody } from '../read-body.ts';
import { secretVersions, type SecretVersions } from './secret-versions.ts';
import { reasonOf } from '../start-error.ts';

/** The inputs of what is spoken here, as Hooklane sends them. */
const inputs = {
  GetSecretValue: z.object({ SecretId: z.string() }),
  DescribeSecret: z.object({ SecretId: z.string() }),
  PutSecretValue: z.object({
    SecretId: z.string(),
    ClientRequestToken: z.string().min(32).max(64),
    SecretString: z.string(),
    // What becomes current at once would overwrite what is.
    VersionStages: z.array(z.string()).refine((stages) => !stages.includes('AWSCURRENT')),
  }),
  UpdateSecretVersionStage: z.object({
    SecretId: z.string(),
    VersionStage: z.literal('AWSCURRENT'),
    RemoveFromVersionId: z.string(),
    MoveToVersionId: z.string(),
  }),
};

/** The secrets `hooklane/<source>` of the secrets file, which is read each time: what is edited holds at once. */
export async function startSecretsManager(options: {
  readonly port: number;
  readonly file: string;
  readonly log: (line: string) => void;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const versions = secretVersions(options.file);
  const server = createServer((request, response) => {
    const send = ({ status, answer }: Reply) =>
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(answer));
    readBody(request, 64 * 1024)
      .then((body) => answer(versions, String(request.headers['x-amz-target']), String(body)))
      .then(send, (error: unknown) => {
        options.log(reasonOf(error));
        send(refuse(500, 'InternalServiceError', 'The secrets cannot be read or written.'));
      });
  });
  const port = await listen(server, options.port, 'Secrets Manager');
  return { url: urlOf(port), close: () => stopListening(server) };
}

interface Reply {
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
}

function answer(versions: SecretVersions, target: string, body: string): Reply {
  switch (target) {
    case 'secretsmanager.GetSecretValue':
      return withInput(inputs.GetSecretValue, body, (input) => getSecretValue(versions, input));
    case 'secretsmanager.DescribeSecret':
      return withInput(inputs.DescribeSecret, body, (input) => describeSecret(versions, input));
    case 'secretsmanager.PutSecretValue':
      return withInput(inputs.PutSecretValue, body, (input) => putSecretValue(versions, input));
    case 'secretsmanager.UpdateSecretVersionStage':
      return withInput(inputs.UpdateSecretVersionStage, body, (input) => updateStage(versions, input));
    default:
      return refuse(
        400,
        'InvalidRequestException',
        `Only ${Object.keys(inputs).join(', ')} are spoken here.`,
      );
  }
}

function withInput<Input>(schema: z.ZodType<Input>, body: string, act: (input: Input) => Reply): Reply {
  const input = schema.safeParse(parsed(body));
  if (!input.success) return refuse(400, 'InvalidParameterException', z.prettifyError(input.error));
  return act(input.data);
}

function getSecretValue(
  versions: SecretVersions,
  { SecretId }: z.infer<typeof inputs.GetSecretValue>,
): Reply {
  const current = versions.current(SecretId);
  if (current === undefined) return notFound;
  return succeed(SecretId, {
    SecretString: current.text,
    VersionId: current.version,
    VersionStages: ['AWSCURRENT'],
    CreatedDate: 0,
  });
}

function describeSecret(
  versions: SecretVersions,
  { SecretId }: z.infer<typeof inputs.DescribeSecret>,
): Reply {
  const current = versions.current(SecretId);
  if (current === undefined) return notFound;
  // An empty list is a secret without a value, as the stack makes it.
  const hasValue = current.text !== '[]';
  return succeed(SecretId, { VersionIdsToStages: hasValue ? { [current.version]: ['AWSCURRENT'] } : {} });
}

function putSecretValue(versions: SecretVersions, input: z.infer<typeof inputs.PutSecretValue>): Reply {
  const { SecretId, ClientRequestToken: version, SecretString, VersionStages } = input;
  if (versions.current(SecretId) === undefined) return notFound;
  return versions.stage(SecretId, version, SecretString)
    ? succeed(SecretId, { VersionId: version, VersionStages })
    : refuse(400, 'ResourceExistsException', 'There is a version of this token with another value.');
}

function updateStage(
  versions: SecretVersions,
  { SecretId, RemoveFromVersionId, MoveToVersionId }: z.infer<typeof inputs.UpdateSecretVersionStage>,
): Reply {
  switch (versions.makeCurrent(SecretId, RemoveFromVersionId, MoveToVersionId)) {
    case 'done':
      return succeed(SecretId, {});
    case 'no-such-version':
      return notFound;
    case 'not-current':
      return refuse(400, 'InvalidParameterException', 'AWSCURRENT is attached to another version.');
  }
}

function succeed(secretId: string, answer: Reply['answer']): Reply {
  const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretId}-local`;
  return { status: 200, answer: { ARN: arn, Name: secretId, ...answer } };
}

const refuse = (status: number, code: string, message: string): Reply => ({
  status,
  answer: { __type: code, message },
});

const notFound = refuse(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
