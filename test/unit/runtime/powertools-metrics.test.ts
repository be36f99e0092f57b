import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { measuredBy } from '../../../functions/runtime/powertools-metrics.ts';

beforeEach(() => void vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'shop-ingest'));
afterEach(() => void vi.unstubAllEnvs());

it('says what CloudWatch makes metrics of, under the function and what else is named', () => {
  const fields = measuredBy('ingest')({ Accepted: 2, AcknowledgedMs: 12 }, { source: 'stripe' });

  expect(fields).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'Hooklane',
          Dimensions: [['service', 'function', 'source']],
          Metrics: [{ Name: 'Accepted' }, { Name: 'AcknowledgedMs', Unit: 'Milliseconds' }],
        },
      ],
    },
    function: 'shop-ingest',
    source: 'stripe',
    Accepted: 2,
    AcknowledgedMs: 12,
  });
  expect(fields).not.toHaveProperty('service');
});

it('leaves out what is 0: a metric that nobody writes costs nothing', () => {
  const measured = measuredBy('sweeper');

  expect(measured({ NeedAttention: 0, MessagesSent: 0 })).toEqual({});
  expect(measured({ NeedAttention: 1, MessagesSent: 0 })).not.toHaveProperty('MessagesSent');
});

it('carries nothing from one line into the next', () => {
  const measured = measuredBy('ingest');
  measured({ Accepted: 1 }, { source: 'stripe' });

  const next = measured({ Handshakes: 1 });

  expect(next).not.toHaveProperty('source');
  expect(next).not.toHaveProperty('Accepted');
  expect(next).toHaveProperty('_aws.CloudWatchMetrics.0.Dimensions', [['service', 'function']]);
});
