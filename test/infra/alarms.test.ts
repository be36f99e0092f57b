import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import { statesOf, type Period } from './alarm-evaluation.ts';
import { addGateway, anApp, buildStack } from './synthesis.ts';
import { resourcesOf, resourcesOfType, type Resource } from './template.ts';

const resources = resourcesOf(buildStack('one-source', { archive: { days: 1 } }));
const alarms = new Map(
  resourcesOfType(resources, 'AWS::CloudWatch::Alarm').map(([, alarm]) => [sectionOf(alarm), alarm]),
);

/** What an alarm says. */
function descriptionOf({ Properties }: Resource): string {
  return z.string().parse(Properties['AlarmDescription']);
}

/** The section of the runbook that an alarm links. */
function sectionOf(alarm: Resource): string {
  return /runbook\.md#([a-z0-9-]+)$/.exec(descriptionOf(alarm))?.[1] ?? '';
}

function alarmNamed(section: string): Resource {
  const alarm = alarms.get(section);
  if (!alarm) throw new Error(`no alarm ${section}; there are ${[...alarms.keys()].join(', ')}`);
  return alarm;
}

const none: Period = {};

/** Of each alarm: periods that it must bear, then those in which it must fire, and those in which it must recover, at the last of them. */
const cases: Readonly<Record<string, { bears: Period[]; fires: Period[]; recovers: Period[] }>> = {
  'dead-letters': {
    bears: [none, { ApproximateNumberOfMessagesVisible: 0 }],
    fires: [{ ApproximateNumberOfMessagesVisible: 1 }],
    recovers: [{ ApproximateNumberOfMessagesVisible: 0 }],
  },
  'oldest-message': {
    bears: [{ ApproximateAgeOfOldestMessage: 899 }, { ApproximateAgeOfOldestMessage: 900 }, none],
    fires: [{ ApproximateAgeOfOldestMessage: 900 }, { ApproximateAgeOfOldestMessage: 1200 }],
    recovers: [{ ApproximateAgeOfOldestMessage: 30 }],
  },
  attention: { bears: [none], fires: [{ NeedAttention: 1 }], recovers: [none] },
  'answers-5xx': {
    bears: [
      none,
      { Count: 1000, '5xx': 9 },
      { Count: 1000 },
      // A single bad minute, and another three minutes later.
      { Count: 10, '5xx': 10 },
      { Count: 10 },
      { Count: 10 },
      { Count: 10, '5xx': 10 },
    ],
    fires: [
      { Count: 100, '5xx': 1 },
      { Count: 100, '5xx': 50 },
      { Count: 100, '5xx': 100 },
    ],
    recovers: [{ Count: 100 }, { Count: 100 }, { Count: 100 }, none],
  },
  'signatures-refused': {
    bears: [none, { SignatureBalance: 4 }, { SignatureBalance: -60 }],
    fires: [{ SignatureBalance: 5 }],
    recovers: [none],
  },
  'processor-errors': {
    bears: [none, { Errors: 1 }, none, none],
    fires: [{ Errors: 1 }, none, { Errors: 3 }],
    recovers: [none, none],
  },
  'processor-timeouts': {
    bears: [none, { Duration: 29_999 }],
    fires: [{ Duration: 30_000 }],
    recovers: [{ Duration: 40 }],
  },
  throttles: { bears: [none, { Throttles: 0 }], fires: [{ Throttles: 1 }], recovers: [none] },
  'sweeper-silent': {
    // Four minutes without a run that came to its end, and one with.
    bears: [
      { Invocations: 1, Errors: 0 },
      none,
      none,
      { Invocations: 1, Errors: 1 },
      none,
      { Invocations: 2, Errors: 1 },
    ],
    fires: [none, { Invocations: 1, Errors: 1 }, none, none, { Invocations: 0 }],
    recovers: [{ Invocations: 1, Errors: 0 }],
  },
  'sweeper-late': {
    bears: [none, { SweeperLateSeconds: 299 }],
    fires: [{ SweeperLateSeconds: 300 }],
    recovers: [{ SweeperLateSeconds: 60 }],
  },
  'archive-late': {
    bears: [none, { IteratorAge: 3_599_999 }],
    fires: [{ IteratorAge: 3_600_000 }],
    recovers: [{ IteratorAge: 0 }],
  },
  'ledger-changed': { bears: [none], fires: [{ LedgerChanged: 1 }], recovers: [none] },
};

describe.each(Object.entries(cases))('the alarm %s', (section, { bears, fires, recovers }) => {
  it('bears what is in order, fires, and recovers', () => {
    const states = statesOf(alarmNamed(section), [...bears, ...fires, ...recovers]);

    expect(states.slice(0, bears.length)).not.toContain('alarm');
    expect(states[bears.length + fires.length - 1]).toBe('alarm');
    expect(states.at(-1)).toBe('ok');
  });
});

test('every alarm is tried', () => {
  expect([...alarms.keys()].sort()).toEqual(Object.keys(cases).sort());
});

test('a ledger that nobody can watch any more is an alarm as well', () => {
  expect(statesOf(alarmNamed('ledger-changed'), [{ Errors: 1 }])).toEqual(['alarm']);
});

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

test.each([...alarms.keys()])('the runbook says how to look, decide and repair when %s fires', (section) => {
  const [, text = ''] = runbook.split(`\n### ${section}\n`);
  const [own = ''] = text.split(/\n##/);

  expect(own).toMatch(/\*\*Look\.\*\*[^]*\*\*Decide\.\*\*[^]*\*\*Repair\.\*\*/);
});

test('each alarm tells the topic that it fires, and that it is over', () => {
  const [topic] = resourcesOfType(resources, 'AWS::SNS::Topic')[0] ?? [''];

  for (const alarm of alarms.values()) {
    expect(alarm.Properties).toMatchObject({ AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
  }
});

test('a topic that is given is told, and none is made', () => {
  const stack = new Stack(anApp(), 'Own');
  const topic = Topic.fromTopicArn(stack, 'Given', 'arn:aws:sns:eu-central-1:111111111111:on-call');
  addGateway(stack, 'Default', 'one-source', {
    alarms: { topic, runbookUrl: 'https://wiki.example/hooklane' },
  });
  const own = resourcesOf(stack);

  const [[, alarm] = []] = resourcesOfType(own, 'AWS::CloudWatch::Alarm');
  expect(resourcesOfType(own, 'AWS::SNS::Topic')).toEqual([]);
  expect(alarm?.Properties).toMatchObject({
    AlarmActions: ['arn:aws:sns:eu-central-1:111111111111:on-call'],
  });
  expect(alarm && descriptionOf(alarm)).toContain('https://wiki.example/hooklane#');
});

test('who wants no alarms has none', () => {
  const own = resourcesOf(buildStack('one-source', { alarms: false }));

  expect(resourcesOfType(own, 'AWS::CloudWatch::Alarm')).toEqual([]);
  expect(resourcesOfType(own, 'AWS::CloudWatch::Dashboard')).toEqual([]);
});

test('each verifying source has an alarm of its own about its signatures', () => {
  const ofSources = resourcesOfType(resourcesOf(buildStack('secrets')), 'AWS::CloudWatch::Alarm').filter(
    ([, alarm]) => sectionOf(alarm) === 'signatures-refused',
  );

  const said = ofSources.map(([, alarm]) => /requests to (\S+)/.exec(descriptionOf(alarm))?.[1]);
  expect(said.length).toBeGreaterThan(1);
  expect(new Set(said).size).toBe(said.length);
});

describe('the ledger', () => {
  it('is denied by its own policy to everybody who would change or remove an item', () => {
    const { Properties } = resources['LedgerTable'] ?? {};

    expect(Properties).toHaveProperty('ResourcePolicy.PolicyDocument.Statement', [
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLUpdate',
          'dynamodb:UpdateItem',
        ],
        Resource: '*',
      },
    ]);
  });

  it('has its stream watched for changes, and for removals that are not of its time to live, until each is seen', () => {
    const watch = resourcesOfType(resources, 'AWS::Lambda::EventSourceMapping').find(([id]) =>
      id.startsWith('LedgerWatch'),
    );

    expect(watch?.[1].Properties).not.toHaveProperty('MaximumRetryAttempts');
    expect(watch?.[1].Properties).not.toHaveProperty('MaximumRecordAgeInSeconds');
    expect(watch?.[1].Properties['FilterCriteria']).toEqual({
      Filters: [
        { Pattern: '{"eventName":["MODIFY"]}' },
        { Pattern: '{"eventName":["REMOVE"],"userIdentity":{"type":[{"exists":false}]}}' },
      ],
    });
  });
});
