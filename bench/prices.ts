/**
 * AWS list prices in US dollars, region us-east-1, first tier, without free tiers: aws.amazon.com/{apigateway,lambda,dynamodb,sqs,
 * cloudwatch,s3}/pricing. DynamoDB's on-demand prices are those since 1 November 2024, when they were halved; the others have stood for
 * longer. Look them up again before you rely on a figure.
 */
export const prices = {
  /** HTTP API, a million requests of up to 512 KB. */
  httpApiPerMillion: 1,
  lambdaRequestsPerMillion: 0.2,
  /** arm64. */
  lambdaPerGbSecond: 0.0000133334,
  /** On demand. A unit writes 1 KB, or reads 4 KB consistently. */
  writeUnitsPerMillion: 0.625,
  readUnitsPerMillion: 0.125,
  /** FIFO. */
  sqsPerMillion: 0.5,
  logsPerGb: 0.5,
  /** For each metric that an alarm looks at, a month. */
  alarmMetric: 0.1,
  secret: 0.4,
} as const;

/** What cannot be metered on one's own machine, and is assumed instead. */
export const assumed = {
  ingestMs: 25,
  /** Without what the handler itself takes. */
  processorMs: 40,
  /** API Gateway's access log and ingest's one line, as a test measures them; Lambda's own lines are below the level that is kept. */
  ingestLogBytes: 350,
  /** The one line of a message, as a test measures it. */
  workLogBytes: 190,
  idleSweepMs: 300,
  /** Lambda asks an empty queue with five pollers of its own, each for 20 s. */
  pollsPerMinute: 15,
} as const;
