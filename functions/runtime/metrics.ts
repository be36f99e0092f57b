/**
 * What is measured, by function: fields of the log lines there are, of which the stack's filters make metrics. Without them a line would have to
 * describe its metrics itself, at three times the length. A name that ends in `Ms` or `Seconds` is a time, any other a count.
 */
export const metricNames = {
  /** By source. */
  ingest: [
    'Accepted',
    'Duplicates',
    'AcknowledgedMs',
    'SignatureBalance',
    'Handshakes',
    'Unavailable',
    'Refused400',
    'Refused401',
    'Refused403',
    'Refused404',
    'Refused405',
    'Refused413',
    'Refused415',
    'Refused429',
  ],
  processor: ['MessagesReturned', 'Processed', 'Failed', 'Retried', 'Waiting', 'EndToEndMs'],
  sweeper: ['NeedAttention', 'SweeperLateSeconds', 'MessagesSent'],
  'ledger-watch': ['LedgerChanged'],
} as const;

export type MeasuringFunction = keyof typeof metricNames;
export type MetricName<F extends MeasuringFunction = MeasuringFunction> = (typeof metricNames)[F][number];

/** What is 0 is left out: nobody pays for a metric that nobody writes. */
export const measured = <F extends MeasuringFunction>(
  values: Partial<Record<MetricName<F>, number>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries<number | undefined>(values).flatMap(([name, value]) =>
      value === undefined || value === 0 ? [] : [[name, value]],
    ),
  );
