import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { stateNames } from '../words/state.tsx';

/** What events can be asked for; each is a parameter of the API, and stands in the address under its name. */
export const properties: readonly PropertyFilterProps.FilteringProperty[] = [
  { key: 'source', propertyLabel: 'Source', groupValuesLabel: 'Sources', operators: ['='] },
  { key: 'state', propertyLabel: 'State', groupValuesLabel: 'States', operators: ['='] },
  { key: 'type', propertyLabel: 'Type', groupValuesLabel: 'Types', operators: ['='] },
  { key: 'lane', propertyLabel: 'Lane', groupValuesLabel: 'Lanes', operators: ['='] },
  { key: 'q', propertyLabel: 'Id contains', groupValuesLabel: 'Ids', operators: ['='] },
  { key: 'from', propertyLabel: 'Accepted from (ISO 8601)', groupValuesLabel: 'Times', operators: ['='] },
  { key: 'to', propertyLabel: 'Accepted before (ISO 8601)', groupValuesLabel: 'Times', operators: ['='] },
];

export const stateOptions: readonly PropertyFilterProps.FilteringOption[] = Object.entries(stateNames).map(
  ([value, label]) => ({ propertyKey: 'state', value, label }),
);

/** Of what the address says, what the API knows. */
export function filterOf(query: URLSearchParams): URLSearchParams {
  const known = properties.map(({ key }) => key);
  return new URLSearchParams([...query].filter(([name, value]) => known.includes(name) && value !== ''));
}

export function tokensOf(filter: URLSearchParams): PropertyFilterProps.Query {
  const tokens = [...filter].map(([propertyKey, value]) => ({ propertyKey, operator: '=', value }));
  return { tokens, operation: 'and' };
}

/** Text without a property is looked for in ids. The last of two values of a property counts. */
export function filterFrom({ tokens }: PropertyFilterProps.Query): URLSearchParams {
  const filter = new URLSearchParams();
  for (const { propertyKey = 'q', value } of tokens) filter.set(propertyKey, String(value).trim());
  return filter;
}

/** A filter in words: `state failed, source orders`. */
export const wordsOf = (filter: URLSearchParams): string =>
  [...filter].map(([name, value]) => `${name === 'q' ? 'id contains' : name} ${value}`).join(', ');
