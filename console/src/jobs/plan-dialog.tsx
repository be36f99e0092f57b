import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { goTo, href } from '../address.ts';
import { act } from '../api/operations-api.ts';
import type { Job } from '../api/wire.ts';
import { howMany } from '../words/how-many.ts';
import { names } from '../event/actions.ts';
import { properties } from '../events/event-filter.ts';

const failed = 'what failed or is quarantined';
const meant: Readonly<Record<Job['action'], string>> = {
  redrive: failed,
  replay: 'what was processed, of a range of time',
  resolve: failed,
  discard: failed,
};
const actions = Object.keys(meant) as Job['action'][];
const optionOf = (action: Job['action']) => ({
  value: action,
  label: names[action],
  description: meant[action],
});

/** Has a job planned. Nothing is done by it: what was planned is looked at, and run, on the page of the job. */
export function PlanDialog({
  filter: given,
  close,
}: {
  readonly filter: URLSearchParams;
  readonly close: () => void;
}) {
  const [action, setAction] = useState<Job['action']>('redrive');
  const [filter, setFilter] = useState<Readonly<Record<string, string>>>(Object.fromEntries(given));
  const named = Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const isAll = Object.keys(named).length === 0;
  return (
    <ReasonDialog
      title="Plan a job"
      verb="Plan"
      close={close}
      done={() => undefined}
      carryOut={async (reason) =>
        await carriedOut(
          await act<Job>('ops/jobs', {
            action,
            filter: named,
            reason,
            ...(isAll && { all: true }),
          }),
          ({ id, plan }) => {
            goTo(href(['jobs', id]));
            return `Planned for ${howMany(plan.events, 'event')}.`;
          },
        )
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          Counts what matches now, and writes it down. Nothing is done before you have seen the plan and run
          it.
        </Box>
        <FormField label="What to do">
          <Select
            selectedOption={optionOf(action)}
            options={actions.map(optionOf)}
            onChange={({ detail }) =>
              setAction(actions.find((one) => one === detail.selectedOption.value) ?? action)
            }
          />
        </FormField>
        {properties.map(({ key, propertyLabel }) => (
          <FormField key={key} label={propertyLabel}>
            <Input
              value={filter[key] ?? ''}
              placeholder="any"
              onChange={({ detail }) => setFilter({ ...filter, [key]: detail.value })}
            />
          </FormField>
        ))}
        {isAll && (
          <Box variant="p">
            <strong>The filter names nothing: every event of {meant[action]} is meant.</strong>
          </Box>
        )}
      </SpaceBetween>
    </ReasonDialog>
  );
}
