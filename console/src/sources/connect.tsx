import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Source } from '../api/wire.ts';
import { apiRoot, isLocalCloud } from '../shell/where.ts';
import { Copyable } from '../words/copyable.tsx';
import { Time } from '../words/time.tsx';
import { TestSend } from './test-send.tsx';

/** What has to be done at the sender and here before a source has its first event. */
export function Connect({
  source,
  path,
  done,
}: {
  readonly source: Source;
  readonly path: string;
  readonly done: () => void;
}) {
  const { provider, isForIam } = source;
  const address = isLocalCloud ? `${apiRoot.origin}${path}` : path;
  return (
    <Container header={<Header variant="h2">How to connect</Header>}>
      <KeyValuePairs
        columns={2}
        // Wide enough for an address and a command: on a telephone one below the other.
        minColumnWidth={300}
        items={[
          {
            label: isForIam ? 'Where its callers post to' : 'The address to register',
            value: (
              <>
                <Copyable text={address} what="the address" />
                <Box color="text-body-secondary">
                  {isLocalCloud
                    ? 'A provider reaches this machine through a tunnel; what comes by its name may reach /webhooks alone.'
                    : 'Below ApiUrl of the outputs of the stack, or its domain.'}
                </Box>
              </>
            ),
          },
          { label: 'Its secret', value: <SecretOf source={source} /> },
          ...(provider === undefined
            ? []
            : [
                {
                  label: `What ${provider.title} says of its signature`,
                  value: (
                    <Link href={provider.page} external externalIconAriaLabel="In another tab">
                      {new URL(provider.page).hostname}
                    </Link>
                  ),
                },
              ]),
          {
            label: 'A first event',
            value: isLocalCloud ? (
              <SpaceBetween size="s">
                <TestSend source={source.source} done={done} />
                <TrialOf source={source} path={path} />
              </SpaceBetween>
            ) : (
              <TrialOf source={source} path={path} />
            ),
          },
        ]}
      />
    </Container>
  );
}

function SecretOf({ source: { secret, isForIam, provider } }: { readonly source: Source }) {
  if (isForIam) return 'None: callers sign for IAM, and their role may invoke this path.';
  if (secret === undefined) return 'None is needed.';
  return (
    <>
      <StatusIndicator type={secret.isPresent ? 'success' : 'error'}>
        {secret.isPresent ? 'present' : 'missing: everything is refused until it is there'}
      </StatusIndicator>
      {secret.changedAt !== undefined && (
        <>
          {' '}
          changed <Time at={secret.changedAt} isRelative />
        </>
      )}
      <Box color="text-body-secondary">
        {provider === undefined ? 'The sender’s secret' : `At ${provider.title} it is ${provider.secret}.`}{' '}
        {isLocalCloud
          ? `It goes into secrets.json of the data folder, as a list under “${secret.name}”.`
          : `It goes into Secrets Manager, as a JSON list in the secret whose name ends in /${secret.name}.`}
      </Box>
    </>
  );
}

function TrialOf({
  source: { source, provider, secret },
  path,
}: {
  readonly source: Source;
  readonly path: string;
}) {
  const own = isLocalCloud && secret === undefined;
  const command =
    provider !== undefined
      ? `npx hooklane send ${provider.name} --source ${source}${isLocalCloud ? '' : ' --url "$API_URL' + path + '" --secret "$SECRET"'}`
      : own
        ? `curl -H 'content-type: application/json' -d @body.json ${apiRoot.origin}${path}`
        : undefined;
  if (command === undefined)
    return isLocalCloud ? null : 'Have its sender send one: nobody else can sign as it does.';
  return (
    <>
      <Copyable text={command} what="the command" />
      {provider !== undefined && (
        <Box color="text-body-secondary">
          {isLocalCloud
            ? 'The same in a terminal, where type, id and body can be chosen.'
            : `Signs a sample as ${provider.title} does, and posts it. This page cannot: it is never told a secret, and no operator's function can read one.`}
        </Box>
      )}
    </>
  );
}
