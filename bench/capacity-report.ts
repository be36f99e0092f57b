import { monthlyPrice } from './cost-report.ts';
import { limitsOf, workersNeeded, type Load } from './limits.ts';

export function capacityReport(load: Load): string {
  const limits = limitsOf(load);
  const tooLow = limits.filter(({ eventsPerSecond }) => eventsPerSecond < load.rate);
  const [nearest] = limits;
  return [
    `${load.rate} events a second over ${load.lanes} lanes, ${load.handlerMs} ms a handler: ${workersNeeded(load)} workers at a time.`,
    ...(tooLow.length === 0
      ? [
          `Carried. The nearest limit is ${number(nearest?.eventsPerSecond ?? 0)} events a second: ${nearest?.name ?? ''}.`,
        ]
      : ['Not carried. To raise, the bottleneck first:']),
    ...tooLow.map(
      ({ name, eventsPerSecond, whatHappens, remedy }) =>
        `- ${name}: ${number(eventsPerSecond)} events a second. ${whatHappens} Raise: ${remedy}.`,
    ),
    `A month: $${number(monthlyPrice(load))}, without storage and what handlers call.`,
  ].join('\n');
}

/** The limits as `docs/limits.md` lists them. */
export function limitsTable(load: Omit<Load, 'rate'>): string {
  const rows = limitsOf(load).map(
    ({ name, eventsPerSecond, whatHappens, remedy }) =>
      `| ${name} | ${number(eventsPerSecond)} | ${whatHappens} | ${remedy} |`,
  );
  const head = ['| limit | events a second | what happens there | to raise |', '|---|--:|---|---|'];
  return `${[...head, ...rows].join('\n')}\n`;
}

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
