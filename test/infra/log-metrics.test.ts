import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { countsOf } from '../../functions/ingest/metrics.ts';
import { problems } from '../../functions/ingest/problem.ts';
import { measured, metricNames, type MeasuringFunction } from '../../functions/runtime/metrics.ts';
import { powertoolsLog } from '../../functions/runtime/powertools-log.ts';
import { buildStack } from './synthesis.ts';
import { resourcesOf, resourcesOfType } from './template.ts';

const resources = resourcesOf(buildStack());

const filter = z.object({
  LogGroupName: z.object({ Ref: z.string() }),
  FilterPattern: z.string(),
  MetricTransformations: z.tuple([
    z.object({
      MetricName: z.string(),
      MetricNamespace: z.string(),
      MetricValue: z.string(),
      Dimensions: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    }),
  ]),
});
const filters = resourcesOfType(resources, 'AWS::Logs::MetricFilter').map(([, { Properties }]) =>
  filter.parse(Properties),
);

type Line = Readonly<Record<string, unknown>>;

/** Of a JSON line, by `$.name`. */
const fieldOf = (line: Line, selector: string): unknown => line[selector.replace('$.', '')];

/** The one pattern that the filters have: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
function matches(pattern: string, line: Line): boolean {
  const [, above, below] = /^\{ (\$\.\w+) > 0 \|\| (\$\.\w+) < 0 \}$/.exec(pattern) ?? [];
  if (above === undefined || above !== below) throw new Error(`a pattern of another kind: ${pattern}`);
  const value = fieldOf(line, above);
  return typeof value === 'number' && value !== 0;
}

/** What CloudWatch makes of a line in the log of a function. */
function metricsOf(logGroup: string, line: Line): Record<string, unknown> {
  const found = filters.filter(
    ({ LogGroupName, FilterPattern }) =>
      LogGroupName.Ref.startsWith(logGroup) && matches(FilterPattern, line),
  );
  return Object.fromEntries(
    found.map(({ MetricTransformations: [{ MetricName, MetricValue, Dimensions }] }) => [
      [MetricName, ...Dimensions.map(({ Key, Value }) => `${Key}=${String(fieldOf(line, Value))}`)].join(' '),
      fieldOf(line, MetricValue),
    ]),
  );
}

function written(fields: Line): Line {
  const lines: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  powertoolsLog('a function').info('a line', fields);
  stdout.mockRestore();
  return z.record(z.string(), z.unknown()).parse(JSON.parse(lines.join('')));
}

describe('metrics of log lines', () => {
  it('are those of a request, by its source', () => {
    const counts = countsOf({ kind: 'refused', cause: 'wrong-signature' }, 4);

    const line = written({ source: 'stripe', status: 401, ...measured<'ingest'>(counts) });

    expect(metricsOf('Ingest', line)).toEqual({
      'Refused401 source=stripe': 1,
      'SignatureBalance source=stripe': 1,
    });
  });

  it('are those of a message, a run of the sweeper and a change of the ledger, without a dimension', () => {
    const message = written(measured<'processor'>({ Processed: 1, EndToEndMs: 120, MessagesReturned: 0 }));
    const run = written(measured<'sweeper'>({ NeedAttention: 2 }));
    const change = written(measured<'ledger-watch'>({ LedgerChanged: 1 }));

    expect(metricsOf('Processor', message)).toEqual({ Processed: 1, EndToEndMs: 120 });
    expect(metricsOf('Sweeper', run)).toEqual({ NeedAttention: 2 });
    expect(metricsOf('LedgerWatch', change)).toEqual({ LedgerChanged: 1 });
  });

  it('cost nothing where nothing happened', () => {
    const line = written(measured<'sweeper'>({ NeedAttention: 0, SweeperLateSeconds: 0, MessagesSent: 0 }));

    expect(line).toEqual({ level: 'INFO', message: 'a line' });
  });

  it('are all that functions count: each answer that a sender may get has its own', () => {
    const statuses = Object.values(problems)
      .map(({ status }) => status)
      .filter((status) => status < 500);

    for (const status of statuses) expect(metricNames.ingest).toContain(`Refused${status}`);
  });

  it.each(Object.keys(metricNames) as MeasuringFunction[])(
    'of %s have a filter each, under the name of the gateway',
    (fn) => {
      const own = filters.filter(({ MetricTransformations: [{ MetricName }] }) =>
        (metricNames[fn] as readonly string[]).includes(MetricName),
      );

      expect(own).toHaveLength(metricNames[fn].length);
      expect(
        own.every(({ MetricTransformations: [one] }) => one.MetricNamespace === 'Hooklane/Hooklane'),
      ).toBe(true);
    },
  );
});
