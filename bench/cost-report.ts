import type { Consumption } from './consumption.ts';
import type { Measured } from './measure-cost.ts';
import { idlePrice, idleSources, minutesAMonth } from './idle-price.ts';
import { assumed, prices } from './prices.ts';

const memoryGb = 0.5;
const names = {
  PutItem: 'put',
  TransactWriteItems: 'transaction',
  UpdateItem: 'update',
  DeleteItem: 'delete',
  Query: 'query',
  GetItem: 'get',
  Send: 'send',
  Receive: 'receive',
  Delete: 'delete message',
  ChangeVisibility: 'change visibility',
} as const;
const queueRequests = ['Send', 'Receive', 'Delete', 'ChangeVisibility'];

/** US dollars for a million such events. */
export function pricePerMillion({ requests, writeUnits, readUnits }: Consumption): Record<string, number> {
  const sqs = queueRequests.reduce((sum, name) => sum + (requests[name] ?? 0), 0);
  const runs = requests.Receive ?? 0;
  const seconds = (assumed.ingestMs + runs * assumed.processorMs) / 1000;
  const lambda =
    (1 + runs) * prices.lambdaRequestsPerMillion + seconds * 1e6 * memoryGb * prices.lambdaPerGbSecond;
  return {
    'API Gateway': prices.httpApiPerMillion,
    Lambda: lambda,
    DynamoDB: writeUnits * prices.writeUnitsPerMillion + readUnits * prices.readUnitsPerMillion,
    SQS: sqs * prices.sqsPerMillion,
    CloudWatch: (((assumed.ingestLogBytes + runs * assumed.workLogBytes) * 1e6) / 1e9) * prices.logsPerGb,
  };
}

export function costReport(
  measured: readonly Measured[],
  idleSweep: Consumption,
  gates: Consumption,
): string {
  const [first] = measured;
  if (first === undefined) throw new Error('nothing was measured');
  return `# What an event costs

Written by \`npm run cost\`, which sends events through the functions' own code on a database that answers with the capacity each
request consumed; a test holds this page to it. Every event has a body of about 1 KB.

${measuredTable(measured)}

Units include the indexes: an EVENT item costs one write for each KB, and one more for each index it is in (by time; by lane, unless
the event is its own lane). A transaction costs twice its units. Reads are consistent, one unit for 4 KB. The put that a duplicate is
refused costs its KB too, but DynamoDB does not say so.

Each further subscriber costs what the rows of handing on differ by; what is handed on is a small item, since its body stays where it is. An event
that a breaker stops costs what one costs that a pause stops, and half a read unit each time that it is received.

Not in these rows: what is paused, which each instance of the processor asks once in five seconds in which it takes events (one query,
${gates.readUnits} read units, however many events those are).

## A million events

${priceTable(first)}

For "${first.what}": US dollars, region us-east-1, list prices without free tiers (\`bench/prices.ts\`).
Storage is not in it (DynamoDB $0.25 for a GB and month, plus $0.20 with point-in-time recovery), nor what a handler does and takes.
Assumed, not measured: ${assumed.ingestMs} ms of ingest and ${assumed.processorMs} ms of the processor at 512 MB on arm64, ${assumed.ingestLogBytes} bytes of log for a
request (the access log and one line of ingest) and ${assumed.workLogBytes} for a message.
An event whose compressed body is over 16 KB also costs a PUT and a GET of S3 ($5.40 for a million of both).

## A month in which nothing happens

${idleTable(idleSweep)}

With ${idleSources} sources. Their secrets come to it: $${prices.secret.toFixed(2)} each. One run of the sweeper a minute is measured, as the mean of ten: ${idleSweep.writeUnits} write and ${idleSweep.readUnits} read units;
its ${assumed.idleSweepMs} ms are assumed, and that Lambda polls a queue ${assumed.pollsPerMinute} times a minute. Custom metrics ($0.30 each for a month in which they
are written) cost nothing while nothing is counted; under load there are about five for each source that is used, and ten for the rest. Three dashboards
of an account are free, each further one is $3.

## By load

${loadTable()}

A month of each, of plain events over many lanes, with handlers of 100 ms; from \`npm run capacity\`.
`;
}

function idleTable(idleSweep: Consumption): string {
  const parts = Object.entries(idlePrice(idleSweep));
  const total = parts.reduce((sum, [, price]) => sum + price, 0);
  const rows = parts.map(([part, price]) => `| ${part} | ${dollars(price)} |`);
  return ['| for | a month |', '|---|--:|', ...rows, `| **all** | **${dollars(total)}** |`].join('\n');
}

function loadTable(): string {
  const rows = [1, 100, 10_000].map((rate) => {
    const price = monthlyPrice({ rate, handlerMs: 100 });
    return `| ${rate.toLocaleString('en-US')} | $${Math.round(price).toLocaleString('en-US')} |`;
  });
  return ['| events a second | a month |', '|--:|--:|', ...rows].join('\n');
}

/** What a plain event consumes: the first row of the page. */
export const plainEvent: Consumption = {
  requests: { PutItem: 3, Query: 1, GetItem: 1, Send: 1, Receive: 1, Delete: 1 },
  writeUnits: 5,
  readUnits: 2,
};

/** US dollars for a month of a load, its handlers' time included. */
export function monthlyPrice({
  rate,
  handlerMs,
}: {
  readonly rate: number;
  readonly handlerMs: number;
}): number {
  const perMillion = Object.values(pricePerMillion(plainEvent)).reduce((sum, price) => sum + price);
  const handler = (handlerMs / 1000) * 1e6 * memoryGb * prices.lambdaPerGbSecond;
  return ((perMillion + handler) * rate * minutesAMonth * 60) / 1e6;
}

function measuredTable(measured: readonly Measured[]): string {
  const rows = measured.map((each) => {
    const total = Object.values(pricePerMillion(each)).reduce((sum, price) => sum + price);
    const { what, writeUnits, readUnits } = each;
    return `| ${what} | ${requestsOf(each)} | ${queueOf(each)} | ${writeUnits} | ${readUnits} | ${dollars(total)} |`;
  });
  return [
    '| event | DynamoDB requests | SQS requests | write units | read units | a million |',
    '|---|---|---|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

function priceTable(measured: Measured): string {
  const parts = Object.entries(pricePerMillion(measured));
  const total = parts.reduce((sum, [, price]) => sum + price, 0);
  const rows = parts.map(([part, price]) => `| ${part} | ${dollars(price)} |`);
  return ['| service | a million |', '|---|--:|', ...rows, `| **all** | **${dollars(total)}** |`].join('\n');
}

const requestsOf = (each: Measured) => listed(each, (name) => !queueRequests.includes(name));
const queueOf = (each: Measured) => listed(each, (name) => queueRequests.includes(name)) || 'none';

function listed({ requests }: Measured, wanted: (name: string) => boolean): string {
  const known: Readonly<Record<string, string>> = names;
  return Object.entries(requests)
    .filter(([name]) => wanted(name))
    .map(([name, count]) => `${count} ${known[name] ?? name}`)
    .join(', ');
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
